// The browser door: bundled as an application would, and run where there is no Node.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createContext, runInContext } from 'node:vm';
import { build } from 'vite';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';

const doorOf = (name: string): string => fileURLToPath(new URL(`../dist/${name}.js`, import.meta.url));

/** What the page's program gets of the platform; no process, no Buffer, no require. */
const PLATFORM = {
  ...{ btoa },
  ...{ AbortController, AbortSignal, console, crypto, fetch, Headers, performance, queueMicrotask },
  ...{ Response, setTimeout, clearTimeout, structuredClone, TextDecoder, TextEncoder, URL, URLSearchParams },
};

const SSE = [
  { id: 'x', model: 'm', choices: [{ index: 0, delta: { role: 'assistant', content: '' } }] },
  { id: 'x', model: 'm', choices: [{ index: 0, delta: { content: 'Grüße' } }] },
  { id: 'x', model: 'm', choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] },
]
  .map((payload) => `data: ${JSON.stringify(payload)}\n\n`)
  .join('');

/** A file, bundled for browsers as one script. A module of Node in it fails the build. */
const bundle = async (entry: string): Promise<string> => {
  const result = await build({
    logLevel: 'silent',
    configFile: false,
    plugins: [
      {
        name: 'nothing-of-node',
        buildEnd() {
          const foreign = [...this.getModuleIds()].filter((id) => /^node:|browser-external|undici/.test(id));
          if (foreign.length > 0) throw new Error(`not for browsers: ${foreign.join(', ')}`);
        },
      },
    ],
    build: { write: false, minify: false, lib: { entry, formats: ['iife'], name: 'page' } },
  });
  const [output] = Array.isArray(result) ? result : [result];
  if (output === undefined || !('output' in output)) throw new Error('no bundle');
  return output.output[0].code;
};

describe('the browser door', () => {
  let script = '';
  beforeAll(async () => {
    script = await bundle(doorOf('browser'));
  });

  const run = (program: string, platform: Readonly<Record<string, unknown>> = {}): Promise<unknown> => {
    const context = createContext({ ...PLATFORM, ...platform });
    runInContext(script, context);
    return runInContext(`(async () => { ${program} })()`, context);
  };

  it('has no Client, and works without process, Buffer and undici', async () => {
    expect(await run('return Object.keys(page).sort().join();')).toBe(
      'AsyncClient,G4FError,extraOf,isG4FError,partialJson,scopeOf,tool,withBudget,withCache,withLog,withRedaction',
    );
  });

  it('streams an answer over fetch', async () => {
    const asked: string[] = [];
    const answering = async (url: string): Promise<Response> => {
      asked.push(url);
      const headers = { 'content-type': 'text/event-stream', 'X-Request-ID': 'req-1' };
      return new Response(`${SSE}data: [DONE]\n\n`, { headers });
    };
    const said = await run(
      `const client = new page.AsyncClient({ baseURL: 'http://127.0.0.1:9/v1' });
       let text = '';
       const stream = client.chat.completions.create({ model: 'm', messages: 'hi', stream: true });
       for await (const chunk of stream) text += chunk.choices[0].delta.content ?? '';
       return [text, stream.requestId, stream.headers['content-type']].join();`,
      { fetch: answering },
    );
    expect(said).toBe('Grüße,req-1,text/event-stream');
    expect(asked).toEqual(['http://127.0.0.1:9/v1/chat/completions']);
  });

  it.each([
    ['a stream that was cut', async () => new Response(SSE.slice(0, -60)), 'stream-truncated'],
    ['a web page', async () => new Response('<html></html>'), 'bad-response'],
    ['no network', async () => Promise.reject(new TypeError('Failed to fetch')), 'network'],
    ['a refused key', async () => new Response('{"error":{"message":"no"}}', { status: 401 }), 'auth'],
  ])('tells %s', async (_, answering, code) => {
    const program = `const client = new page.AsyncClient({ baseURL: 'http://127.0.0.1:9/v1' });
      return client.chat.completions.create({ model: 'm', messages: 'hi' }).catch((error) => error.code);`;
    expect(await run(program, { fetch: answering })).toBe(code);
  });

  it.each([
    ['with Web Crypto', crypto, 1],
    ['not without, in a page that came over plain HTTP', { randomUUID: () => crypto.randomUUID() }, 2],
  ])('keeps answers %s', async (_, crypto, asked) => {
    let requests = 0;
    const answering = async (): Promise<Response> => {
      requests += 1;
      return new Response(`${SSE}data: [DONE]\n\n`);
    };
    const program = `const client = new page.AsyncClient({ baseURL: 'http://127.0.0.1:9/v1', use: [page.withCache()] });
      const ask = () => client.chat.completions.create({ model: 'm', messages: 'hi' });
      return [(await ask()), (await ask())].map(({ choices }) => choices[0].message.content).join();`;
    expect(await run(program, { fetch: answering, crypto })).toBe('Grüße,Grüße');
    expect(requests).toBe(asked);
  });

  it('says that the embedded model needs Node', async () => {
    const program = `return new page.AsyncClient({ provider: 'local' }).chat.completions
      .create({ model: 'smollm2-135m', messages: 'hi' }).catch((error) => error.message);`;
    expect(await run(program)).toMatch(/embedded model needs Node/);
  });
});

describe('the small door, with what @g4f/providers has for it', () => {
  const saidBy = async (program: string): Promise<unknown> => {
    const folder = await mkdtemp(join(tmpdir(), 'g4f-mini-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const entry = join(folder, 'entry.js');
    const providers = (name: string): string =>
      JSON.stringify(fileURLToPath(new URL(`../../providers/dist/${name}.js`, import.meta.url)));
    const lines = [
      `export * from ${JSON.stringify(doorOf('browser-mini'))};`,
      `export { default as groq } from ${providers('groq')};`,
      `export { openaiCompatible } from ${providers('parts')};`,
    ];
    await writeFile(entry, lines.join('\n'));
    const fetching = async (): Promise<Response> => new Response(`${SSE}data: [DONE]\n\n`);
    const context = createContext({ ...PLATFORM, fetch: fetching });
    runInContext(await bundle(entry), context);
    return runInContext(
      `${program}.chat.completions.create({ model: 'm', messages: 'hi' })
        .then(({ choices, provider }) => provider + ': ' + choices[0].message.content)`,
      context,
    );
  };

  it('works without process, Buffer and undici', async () => {
    expect(await saidBy("new page.AsyncClient({ provider: page.groq, apiKey: 'k' })")).toBe('groq: Grüße');
    const own = "page.openaiCompatible({ baseURL: 'http://127.0.0.1:9/v1' })";
    expect(await saidBy(`new page.AsyncClient({ provider: ${own} })`)).toBe('custom: Grüße');
  });
});
