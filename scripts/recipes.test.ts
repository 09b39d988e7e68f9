// Every program of docs/recipes.md does what the page says, against a service on this machine.
import { spawn } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Block, blocksOf, type ExampleFolder, exampleFolder } from './example-folder.ts';
import { ENDLESS, FAKE_PIECES } from './fake-openai.ts';
import { readSource } from './source-file.ts';

const PAGE = 'docs/recipes.md';
const HELLO = FAKE_PIECES.join('');
const recipes = blocksOf(PAGE);

let folder: ExampleFolder;

beforeAll(async () => {
  folder = await exampleFolder(recipes);
  await writeFile(join(folder.path, 'lines.txt'), 'One.\n\nTwo.\n');
  await writeFile(join(folder.path, 'notes.md'), '# Notes\n\nIt is about tides.\n');
  await writeFile(join(folder.path, 'talk.mp3'), Buffer.concat([Buffer.from('ID3'), Buffer.alloc(100)]));
});
afterAll(() => folder?.close());

const recipe = (heading: string): Block => {
  const found = recipes.find((block) => block.heading === heading);
  if (found === undefined) throw new Error(`${PAGE} has no recipe "${heading}"`);
  return found;
};

/** What a program prints. @param typed what stands on its standard input. */
const outputOf = (program: string, typed = ''): Promise<string> =>
  new Promise((resolve, reject) => {
    const { path: cwd, env } = folder;
    const child = spawn(process.execPath, [program], { cwd, env });
    let out = '';
    let failed = '';
    child.stdout.on('data', (piece) => {
      out += piece;
    });
    child.stderr.on('data', (piece) => {
      failed += piece;
    });
    child.on('error', reject);
    child.on('close', (code) =>
      code === 0 ? resolve(out) : reject(new Error(`exit code ${code}: ${failed}`)),
    );
    child.stdin.end(typed);
  });

/** What each prints, and what is typed into it. */
const PRINTS: readonly (readonly [heading: string, prints: RegExp, typed?: string])[] = [
  ['Summarise standard input', /^Hello from the fake model\.\n$/, 'A long text.'],
  ['Extract data from texts', /^word 1\.00 true\nword 1\.00 true\n$/],
  ['Keep a conversation in SQLite', /^Hello from the fake model\.\n2 entries are kept\.\n$/],
  [
    'Compare models side by side',
    /^gpt-5\.4 \w+ Hello.*\nclaude-opus-5 failed: anthropic: 404 .*\nllama-3\.3-70b \w+ Hello/,
  ],
  ['Answer questions about a folder', /^Hello from the fake model\.$/],
  ['Embed a large file in batches', /attempts: 1[\s\S]*prompt_tokens: 3/],
  ['Answer from the web', /^web_search \{"query":"word"[\s\S]*Hello from the fake model\.\n$/],
  ['Run an agent that asks before it acts', /Hello from the fake model\. stop\n$/, 'n\n'],
  ['Give a model the tools of an MCP server', /^Hello from the fake model\.\n$/],
  ['Survive the failure of a service', /^Hello from the fake model\.\nasked: \[ 'openai: answered' \]\n$/],
  ['Stop on Ctrl-C, or after a deadline', /^Hello from the fake model\.$/],
  ['Ask many questions within a budget', /^\d+ of 200 answered with \d+ tokens\n$/],
  ['Report what calls cost', /gpt-5\.4-nano[\s\S]*dollars; 0 answers have no known price\n$/],
  ['Pay once for equal calls', /^asked Hello.*\nkept Hello.*\n1 request\n$/],
  ['Moderate what users write', /^Hello from the fake model\.\n$/],
  ['Keep private data from providers', /^Hello from the fake model\.\n$/],
  ['Make an image, and change it', /day\.png .*night\.png\n$/],
  ['Make subtitles of a recording', /^1\n00:00:00,000 --> 00:00:01,500\nHello from the fake model\./],
];

it('compile', async () => {
  expect(await folder.compile(recipes)).toBe('');
});

it('run by themselves in the Nodes that the page names', () => {
  // Node 22.18 takes types out, and has no `using`.
  expect(recipes.filter(({ code }) => /\busing \w+ =/.test(code)).map(({ heading }) => heading)).toEqual([]);
});

it('are at least twenty, each of at most thirty lines, and each in the table of contents', () => {
  expect(recipes.length).toBeGreaterThanOrEqual(20);
  expect(
    recipes.filter(({ code }) => code.trim().split('\n').length > 30).map(({ heading }) => heading),
  ).toEqual([]);
  const page = readSource(PAGE)?.text ?? '';
  const anchor = (heading: string): string =>
    heading
      .toLowerCase()
      .replaceAll(/[^\w -]/g, '')
      .replaceAll(' ', '-');
  expect(recipes.filter(({ heading }) => !page.includes(`](#${anchor(heading)})`))).toEqual([]);
});

it.each(PRINTS.map(([heading, prints, typed = '']) => [heading, prints, typed] as const))(
  '%s',
  async (heading, prints, typed) => {
    expect(await outputOf(folder.programOf(recipe(heading)), typed)).toMatch(prints);
  },
);

it('goes on with a conversation that is in the database', async () => {
  const program = folder.programOf(recipe('Keep a conversation in SQLite'));
  await outputOf(program);
  expect(await outputOf(program)).toMatch(/(4|6) entries are kept/);
});

it('sends nothing private', async () => {
  const before = folder.service.requests.length;
  await outputOf(folder.programOf(recipe('Keep private data from providers')));
  const sent = JSON.stringify(folder.service.requests.slice(before));
  expect(sent).toContain('[EMAIL_1], customer [CUSTOMER_1]');
  expect(sent).not.toMatch(/ann@example|C-12345678/);
});

it('removes nothing without a yes', async () => {
  const before = folder.service.requests.length;
  await outputOf(folder.programOf(recipe('Run an agent that asks before it acts')), 'n\n');
  const told = JSON.stringify(folder.service.requests.slice(before));
  expect(told).toContain('The user did not allow this call.');
});

it('replays what a test has recorded, without a request', async () => {
  const program = folder.programOf(recipe('Test without a network'));
  expect(await outputOf(program)).toMatch(/pass 1/);
  expect(await readFile(join(folder.path, 'greeting.tape'), 'utf8')).toContain('Say hello.');
  const before = folder.service.requests.length;
  expect(await outputOf(program)).toMatch(/pass 1/);
  expect(folder.service.requests).toHaveLength(before);
});

/** How each route is served, on a free port, by a program that tells the port. */
const SERVED: readonly (readonly [heading: string, path: string, server: (module: string) => string])[] = [
  [
    'Stream from a Next.js route',
    '/api/chat',
    (module) => `import { POST } from './${module}';
import { serve } from '@hono/node-server';
serve({ fetch: POST, port: 0 }, ({ port }) => console.log(port));`,
  ],
  [
    'Stream from Hono',
    '/chat',
    (module) => `import app from './${module}';
import { serve } from '@hono/node-server';
serve({ fetch: app.fetch, port: 0 }, ({ port }) => console.log(port));`,
  ],
  [
    'Stream from Express',
    '/chat',
    (module) => `import { app } from './${module}';
const server = app.listen(0, () => console.log(server.address().port));`,
  ],
  [
    'Stream from Fastify',
    '/chat',
    (module) => `import { app } from './${module}';
await app.listen({ port: 0 });
console.log(app.server.address().port);`,
  ],
];

describe.each(SERVED)('%s', (heading, path, serverOf) => {
  let server: ReturnType<typeof spawn>;
  let url: string;

  beforeAll(async () => {
    const program = `serve-${SERVED.findIndex(([one]) => one === heading)}.mjs`;
    await writeFile(join(folder.path, program), serverOf(folder.programOf(recipe(heading))));
    server = spawn(process.execPath, [program], { cwd: folder.path, env: folder.env });
    const port = await new Promise((resolve, reject) => {
      server.stdout?.once('data', (line) => resolve(String(line).trim()));
      server.once('exit', (code) => reject(new Error(`the server has ended: ${code}`)));
    });
    url = `http://localhost:${port}${path}`;
  });
  afterAll(() => {
    server?.kill();
  });

  const ask = (content: string, signal?: AbortSignal): Promise<Response> =>
    fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ messages: [{ role: 'user', content }] }),
      ...(signal !== undefined && { signal }),
    });

  it('streams the answer as server-sent events', async () => {
    const response = await ask('Hi!');
    expect(response.headers.get('content-type')).toMatch(/^text\/event-stream/);
    const events = (await response.text()).split('\n\n').filter((event) => event !== '');
    expect(events.at(-1)).toBe('data: [DONE]');
    const chunks = events.slice(0, -1).map((event) => JSON.parse(event.slice('data: '.length)));
    expect(chunks.map(({ choices }) => choices[0]?.delta.content ?? '').join('')).toBe(HELLO);
  });

  it('closes the connection to the service when the visitor leaves', async () => {
    const leaving = new AbortController();
    const left = folder.service.left();
    const response = await ask(ENDLESS, leaving.signal);
    const reader = response.body?.getReader();
    await reader?.read();
    leaving.abort();
    await left;
    await reader?.read().catch(() => undefined);
    // And the server lives on.
    expect((await ask('Hi!')).status).toBe(200);
  });
});
