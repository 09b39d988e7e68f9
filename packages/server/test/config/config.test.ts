// What a file of configuration may say, what it means, and what is told of a mistake in it.
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables of a configuration are written so.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Batch, ChatRequest, Context, Provider } from '@g4f/core';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { configSchema } from '../../src/config/config-schema.ts';
import { configJsonSchema } from '../../src/config/json-schema.ts';
import { readConfig } from '../../src/config/read-config.ts';
import { serveOptions } from '../../src/config/serve-options.ts';
import { gateway, post, start, stop, text } from '../made-up.ts';
import { scratchFolder } from '../scratch.ts';

const written = async (content: string, name = 'g4f.config.yaml'): Promise<string> => {
  const file = join(await scratchFolder(), name);
  await writeFile(file, content);
  return file;
};

const read = async (content: string, env: Record<string, string> = {}, name?: string) =>
  readConfig(await written(content, name), env);

/** What is told of a mistake, without the folder. */
const mistakes = async (content: string, env: Record<string, string> = {}): Promise<readonly string[]> => {
  const file = await written(content);
  const error: unknown = await readConfig(file, env).then(
    () => undefined,
    (thrown) => thrown,
  );
  expect(error).toMatchObject({ name: 'G4FError', code: 'invalid-request' });
  return String((error as Error).message)
    .replaceAll(`${file}:`, '')
    .split('\n');
};

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

describe('a mistake', () => {
  it.each([
    ['adress: {}', '1:1: adress: there is no such field. Did you mean address?'],
    ['address:\n  prot: 1', '2:3: address.prot: there is no such field. Did you mean port?'],
    ['address:\n  port: high', '2:9: address.port: must be a whole number from 0 to 65535.'],
    ['address:\n  port: 70000', '2:9: address.port: must be a whole number from 0 to 65535.'],
    ['keys: *theirs', '1:7: nothing before it is called &theirs.'],
    [
      `a: &a [1]\nkeys: [${'*a, '.repeat(200)}]`,
      ' Excessive alias count indicates a resource exhaustion attack.',
    ],
    ['cors: 5', '1:7: cors: must be true, false or a list of origins.'],
    [
      'models:\n  fast:\n    - provider: openai\n      wieght: 1',
      '4:7: models.fast[0].wieght: there is no such field. Did you mean weight?',
    ],
    [
      'models:\n  fast:\n    - provider: openai\n      when: { tool: true }',
      '4:15: models.fast[0].when.tool: there is no such field. Did you mean tools?',
    ],
    [
      'models: { fast: [grok:llama] }',
      '1:18: models.fast[0]: no provider is called "grok". Did you mean groq?',
    ],
    ['models: { fast: [] }', '1:17: models.fast: must have at least one target.'],
    [
      'providers:\n  opena: { key: k }',
      '2:3: providers.opena: no provider is called "opena". Did you mean openai? One of your own needs a baseURL.',
    ],
    [
      'providers:\n  openai: { wire: gemini }',
      '2:13: providers.openai.wire: openai has its own: leave it out, or give the provider another name.',
    ],
    [
      'providers: { openai: { keys: k } }',
      '1:24: providers.openai.keys: there is no such field. Did you mean key?',
    ],
    [
      'providers: { openai: { baseURL: localhost:8000 } }',
      '1:33: providers.openai.baseURL: must be an http or https address.',
    ],
    [
      'cors: [https://a.example, b.example/path]',
      '1:27: cors[1]: must be an origin such as https://chat.example.com, without a path.',
    ],
    [
      'address:\n  hosts: [https://gateway.example.com]',
      '2:11: address.hosts[0]: must be a name such as gateway.example.com, without a scheme or a path.',
    ],
    [
      'providers:\n  mine: { baseURL: "http://127.0.0.1:9", wire: openai }',
      '2:48: providers.mine.wire: must be one of openai-chat, openai-responses, anthropic-messages, gemini, ollama-chat, cohere-chat.',
    ],
    [
      'providers:\n  openai:\n    headers: { x-team: a, "x team": b, connection: close }',
      '3:37: providers.openai.headers.x: "x" is no name of a header.',
    ],
    ['state: sqlit:a.db', '1:8: state: must be memory, sqlite:… or redis://….'],
    ['state: { url: redis }', '1:15: state.url: must be memory, sqlite:… or redis://….'],
    ['adminKey: short', '1:11: adminKey: must be a key of at least 16 characters.'],
    ['routing: fastest', '1:10: routing: must be one of order'],
    ['routing: { weights: { openai: -1 } }', '1:31: routing.weights.openai: must be a number, 0 or more.'],
    [
      'models:\n  fast: &fast\n    - provider: openai\n      wieght: 1\n  quick: *fast',
      '4:7: models.quick[0].wieght: there is no such field. Did you mean weight?',
    ],
    ['fallback: nobody-at-all', '1:11: fallback: no provider is called "nobody-at-all".'],
    ['cache: { tll: 1 }', '1:10: cache.tll: there is no such field. Did you mean ttl?'],
    ['retries: 1\nretries: 2', '2:1: Map keys must be unique'],
    ['keys: [a, ${A}]', 'Inside { } and [ ] a variable stands in quotes'],
    ['keys: [a', '1:9: Flow sequence in block collection must be sufficiently indented and end with a ]'],
  ])('in %j is told with its place', async (content, told) => {
    expect((await mistakes(content)).join('\n')).toContain(told);
  });

  it.each(['x', '1'])('in a header that stands in the place of its name shows no key: %s', async (value) => {
    const header = '"Authorization: Token 9f86d081884c7d65"';
    const told = await mistakes(`providers:\n  openai:\n    headers: { ${header}: ${value} }`);
    expect(told.join()).toContain('3:57: providers.openai.headers.Authorization: ');
    expect(told.join()).not.toContain('9f86');
  });

  it('is told together with all others', async () => {
    expect(await mistakes('adress: {}\nretires: 1\ncors: 5\n')).toHaveLength(3);
  });

  it('in a variable names it, and never what others hold', async () => {
    const env = { SECRET: 'sk-very-secret', EMPTY: '' };
    expect(await mistakes('keys: ["${SECRET}", "${MISSING}"]\nfallback: ${EMPTY}', env)).toEqual([
      '1:21: the variable MISSING is not set: set it, or write ${MISSING:-something}.',
      '2:11: the variable EMPTY is not set: set it, or write ${EMPTY:-something}.',
    ]);
    expect((await mistakes('keys: ["${SECRET}"]\ncors: "${SECRET}"', env)).join()).not.toContain(
      'very-secret',
    );
    expect((await mistakes('keys: ["a"] sk-very-secret')).join()).not.toContain('very-secret');
    expect((await mistakes('fallback: ${A-B}')).join()).toContain('names no variable');
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

it.skipIf(process.platform === 'win32')('what is a device is no configuration', async () => {
  await expect(readConfig('/dev/zero', {})).rejects.toThrow('no plain file');
});
