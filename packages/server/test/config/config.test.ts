// What a file of configuration may say, and what it means.
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables of a configuration are written so.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Batch, ChatRequest, Context, Provider } from '@g4f/core';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { configSchema } from '../../src/config/config-schema.ts';
import { configJsonSchema } from '../../src/config/json-schema.ts';
import { readConfig } from '../../src/config/read-config.ts';
import { serveOptions } from '../../src/config/serve-options.ts';
import { gateway, post, start, stop, text } from '../made-up.ts';
import { mistakes, written } from './written.ts';

const read = async (content: string, env: Record<string, string> = {}, name?: string) =>
  readConfig(await written(content, name), env);

const FULL = `# yaml-language-server: $schema=./node_modules/@g4f/server/g4f.config.schema.json
address: { host: 127.0.0.1, port: "\${PORT:-4114}", hosts: [gateway.example.com] }
keys: ["\${CALLER_KEY}"]
cors: [https://chat.example.com]
limits: { bodyBytes: 1000000, bodyTimeout: 5000, keepAlive: 10000 }
providers:
  openai: { key: "\${MY_OPENAI}" }
  groq:
  mine: { baseURL: "http://127.0.0.1:9/v1", key: [one, two], models: { llama: my-llama } }
models:
  fast:
    - groq:llama-3.3-70b
    - { provider: mine, model: llama, weight: 2, when: { tools: true, maxTokens: 8000 } }
routing: { policy: lowest-latency, sticky: false }
fallback: mine:llama
deadlines: { connect: 1000, total: 60000 }
retries: 1
hedge: { afterMs: 800 }
cache: { ttl: 60000 }
responses: { keep: false }
logging: { level: warn }
metrics: { open: true }
`;

describe('a file', () => {
  it('becomes the options of serve', async () => {
    const env = {
      CALLER_KEY: 'of-a-caller',
      MY_OPENAI: 'sk-mine',
      GROQ_API_KEY: 'sk-groq',
      ANTHROPIC_API_KEY: 'sk-other',
    };
    const options = await serveOptions(await read(FULL, env), env);
    expect(options).toMatchObject({
      host: '127.0.0.1',
      port: 4114,
      hosts: ['gateway.example.com'],
      keys: ['of-a-caller'],
      cors: ['https://chat.example.com'],
      bodyLimit: 1_000_000,
      bodyTimeout: 5000,
      keepAlive: 10_000,
      providers: ['openai', 'groq', 'mine'],
      responses: false,
      logging: { level: 'warn' },
      metrics: { open: true },
      client: {
        apiKey: { openai: 'sk-mine', mine: ['one', 'two'] },
        backends: [{ id: 'mine', baseURL: 'http://127.0.0.1:9/v1', models: { llama: 'my-llama' } }],
        env: { GROQ_API_KEY: 'sk-groq' },
        fallback: 'mine:llama',
        timeout: { connect: 1000, total: 60_000 },
        maxRetries: 1,
        hedge: { afterMs: 800 },
        cache: { ttl: 60_000 },
        routing: { policy: 'lowest-latency', sticky: false },
      },
    });
    // Who is not named is not asked.
    expect(options.client).not.toHaveProperty('env.ANTHROPIC_API_KEY');
    const { url } = await gateway({ ...options, port: 0, logging: false });
    expect((await fetch(`${url}/health`)).status).toBe(200);
  });

  it('may be JSON, a module, TypeScript, or empty', async () => {
    expect(await read('{"retries": 1}', {}, 'g4f.config.json')).toEqual({ retries: 1 });
    expect(await read('export default { retries: 1 };', {}, 'g4f.config.mjs')).toEqual({ retries: 1 });
    expect(
      await read('const retries: number = 1;\nexport default { retries };', {}, 'g4f.config.ts'),
    ).toEqual({ retries: 1 });
    expect(await read('# nothing yet\n')).toEqual({});
    await expect(read('export const other = 1;', {}, 'g4f.config.mjs')).rejects.toThrow(
      /must export the configuration/,
    );
    await expect(read('export default {', {}, 'g4f.config.mjs')).rejects.toThrow(/cannot be loaded/);
    await expect(read('export default { retires: 1 };', {}, 'g4f.config.mjs')).rejects.toThrow(
      /retires: .*Did you mean retired/,
    );
  });

  it('asks whom it names, each with its key at its address', async () => {
    const seen: string[] = [];
    const wrap = (provider: Provider): Provider => ({
      ...provider,
      async *chat({ model }: ChatRequest, { apiKey, baseURL, env }: Context): AsyncGenerator<Batch> {
        seen.push([provider.id, model, apiKey ?? env.OPENAI_API_KEY, baseURL].join(' '));
        if (provider.id === 'mine') throw new Error('out of order');
        yield [start(model)];
        yield [text('Hello'), stop];
      },
    });
    const config = await read(`providers:
  openai: { key: sk-mine, baseURL: http://127.0.0.1:9/proxy }
  mine: { key: sk-two, baseURL: http://127.0.0.1:9/mine }
models:
  fast: [mine:a, openai:gpt-4o]
retries: 0
`);
    const { client, ...options } = await serveOptions(config, {});
    const { url } = await gateway({ ...options, client: { ...client, wrap } as never });
    const body = { model: 'fast', messages: [{ role: 'user', content: 'Hi' }] };
    expect((await post(`${url}/v1/chat/completions`, body)).status).toBe(200);
    expect(seen).toEqual(['mine a sk-two ', 'openai gpt-4o sk-mine http://127.0.0.1:9/proxy']);
  });
});

describe('variables', () => {
  it('stand in texts and for numbers, with something otherwise, or as they are', async () => {
    const env = { HOST: 'example.com', PORT: '8080' };
    expect(
      await read(
        'address: { port: "${PORT}" }\ncors: ["https://${HOST}:${PORT}"]\nkeys: ["$${PORT}", "${NO:-other}"]',
        env,
      ),
    ).toEqual({
      address: { port: 8080 },
      cors: ['https://example.com:8080'],
      keys: ['${PORT}', 'other'],
    });
  });

  it('are not looked for in what they hold', async () => {
    expect(await read('keys: ["${A}"]', { A: '${B}', B: 'no' })).toEqual({ keys: ['${B}'] });
  });
});

describe('what is harmful', () => {
  it('is no more work than it is long', async () => {
    const laughs = [
      'a: &a [x, x, x, x, x, x, x, x, x]',
      ...[...'bcdefghij'].map(
        (name, at) => `${name}: &${name} [${Array(9).fill(`*${'abcdefghi'[at]}`).join(', ')}]`,
      ),
    ];
    await expect(read(laughs.join('\n'))).rejects.toThrow(/alias/i);
    await expect(read(`# ${'x'.repeat(2_000_000)}`)).rejects.toThrow(/more than 1048576 bytes/);
    await expect(read(`${'['.repeat(5000)}`)).rejects.toThrow();
  });

  it('changes nothing of objects', async () => {
    await mistakes('__proto__: { polluted: true }');
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });
});

describe('the schema for editors', () => {
  it('knows every section, and takes variables for numbers', () => {
    const schema = configJsonSchema();
    expect(Object.keys(schema.properties as object)).toEqual(Object.keys(configSchema.shape));
    expect(schema).toMatchObject({
      additionalProperties: false,
      properties: { address: { properties: { port: { anyOf: [{ type: 'integer' }, { type: 'string' }] } } } },
    });
  });

  it('is fulfilled by what the page shows', () => {
    expect(Object.keys(parse(FULL) as object).every((name) => name in configSchema.shape)).toBe(true);
  });
});

it.skipIf(process.platform === 'win32')('what is a device or a pipe is no configuration', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'g4f-pipe-'));
  for (const name of ['g4f.config.yaml', 'g4f.config.mjs']) {
    execFileSync('mkfifo', [join(folder, name)]);
    await expect(readConfig(join(folder, name), {})).rejects.toThrow('it is a pipe, and must be a file');
  }
  rmSync(folder, { recursive: true });
  await expect(readConfig('/dev/zero', {})).rejects.toThrow('it is a device or a socket, and must be a file');
});
