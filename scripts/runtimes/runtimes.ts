// The runtimes, each with programs that are not bundled, or as it takes them.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { heardIn, type Lab, rewrite } from './lab.ts';
import type { Step } from './step.ts';
import { NODES } from './tools.ts';

const onNode = (version: string, file: string) => async (lab: Lab) =>
  heardIn(
    await lab.run('npx', [
      '--yes',
      '--prefer-offline',
      '--package',
      `node@${version}`,
      '--',
      'node',
      file,
      lab.url,
    ]),
  );

const nodes = NODES.flatMap((version, index): readonly Step[] =>
  ['stream.mjs', 'stream.cjs'].map((file) => ({
    name: `Node, ${file.endsWith('.mjs') ? 'ESM' : 'CommonJS'}`,
    on: { version },
    faces: 'both',
    isLong: index > 0,
    run: onNode(version, file),
  })),
);

const onDeno = (flags: readonly string[], file: string) => async (lab: Lab) =>
  heardIn(await lab.tool('deno', ['run', '--no-prompt', ...flags, file, lab.url]));

const FIND_CHROMIUM =
  "import chromium from '@sparticuz/chromium'; console.log(await chromium.executablePath());";
const CHROMIUM_FLAGS = [
  '--headless=shell',
  '--no-sandbox',
  '--no-zygote',
  '--single-process',
  '--disable-gpu',
];

/** Serves a page that gives back what it heard. */
async function servePage(script: Buffer, hear: (heard: unknown) => void): Promise<Server> {
  const server = createServer(async (request, response) => {
    if (request.method === 'POST') {
      hear(JSON.parse(Buffer.concat(await request.toArray()).toString()));
      response.end();
    } else if (request.url === '/page.mjs') {
      response.setHeader('content-type', 'text/javascript').end(script);
    } else {
      response.setHeader('content-type', 'text/html').end('<script type="module" src="/page.mjs"></script>');
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

async function inChromium(lab: Lab): Promise<unknown> {
  await lab.bundle('esbuild.mjs');
  const script = await readFile(lab.path('out/page.mjs'));
  const found = await lab.run(process.execPath, ['--input-type=module', '--eval', FIND_CHROMIUM]);
  let hear: (heard: unknown) => void = () => undefined;
  const heard = new Promise<unknown>((resolve) => {
    hear = resolve;
  });
  const server = await servePage(script, hear);
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : address;
  const page = `http://127.0.0.1:${port}/?service=${encodeURIComponent(lab.url)}`;
  // The page and the service are of two ports, and services seldom let pages call them.
  const own = ['--disable-web-security', `--user-data-dir=${lab.path('chromium')}`];
  const browser = spawn(found.trim(), [...CHROMIUM_FLAGS, ...own, page], { stdio: 'ignore' });
  const ended = once(browser, 'close').then(([code]) => {
    throw new Error(`Chromium ended with ${code}`);
  });
  try {
    return await Promise.race([heard, ended]);
  } finally {
    browser.kill('SIGKILL');
    await ended.catch(() => undefined);
    server.close();
    server.closeAllConnections();
  }
}

/** What has no modules of Node, from a bundle of the door for browsers. */
async function inWorkerd(lab: Lab): Promise<unknown> {
  await lab.bundle('esbuild.mjs');
  await rewrite(lab.path('workerd.capnp'), (text) => text.replace('SERVICE', lab.url));
  return heardIn(await lab.tool('workerd', ['test', 'workerd.capnp']));
}

/** One executable file, with the worker's file beside it and nothing else. */
async function compiledByBun(lab: Lab): Promise<unknown> {
  const file = lab.path('out/compiled/main');
  await lab.tool('bun', ['build', '--compile', 'stream.mjs', '--outfile', file]);
  await cp(lab.path('node_modules/@g4f/client/dist/worker.js'), lab.path('out/compiled/worker.js'));
  return heardIn(await lab.run(file, [lab.url]));
}

const DENO_FLAGS = ['--allow-net', '--allow-read', '--allow-env'];

/** In the order of the table. */
export const RUNTIMES: readonly Step[] = [
  ...nodes,
  {
    name: 'Bun, ESM',
    on: 'bun',
    faces: 'both',
    run: async (lab) => heardIn(await lab.tool('bun', ['stream.mjs', lab.url])),
  },
  {
    name: 'Bun, CommonJS',
    on: 'bun',
    faces: 'both',
    isLong: true,
    run: async (lab) => heardIn(await lab.tool('bun', ['stream.cjs', lab.url])),
  },
  {
    name: 'Bun, `build --compile`',
    on: 'bun',
    faces: 'both',
    note: 'with `dist/worker.js` beside the executable file',
    isLong: true,
    run: compiledByBun,
  },
  {
    name: 'Deno, ESM',
    on: 'deno',
    faces: 'both',
    note: `with \`${DENO_FLAGS.join(' ')}\``,
    run: onDeno(DENO_FLAGS, 'stream.mjs'),
  },
  {
    name: 'Deno, CommonJS',
    on: 'deno',
    faces: 'both',
    isLong: true,
    run: onDeno(['--allow-all'], 'stream.cjs'),
  },
  {
    name: 'Deno, `--allow-net` alone',
    on: 'deno',
    faces: 'async',
    note: 'a variable that may not be read counts as not set; `Client` needs `--allow-read` for its worker',
    isLong: true,
    run: onDeno(['--allow-net'], 'async.mjs'),
  },
  { name: 'workerd', on: 'workerd', faces: 'async', run: inWorkerd },
  { name: 'Chromium', on: '@sparticuz/chromium', faces: 'async', run: inChromium },
];
