// What a package costs before it does anything: the time of its import, and what it weighs once it is installed.
import { execFile } from 'node:child_process';
import { readdirSync, realpathSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';

const here = dirname(fileURLToPath(import.meta.url));
const run = promisify(execFile);

/** Times of imports in fresh processes, in ms, by package. */
export const measureImports = async (runs) => {
  const require = createRequire(import.meta.url);
  const client = join(here, 'node_modules/@g4f/client/dist/index.js');
  const targets = { undici: require.resolve('undici'), '@g4f/client': client };
  const times = { undici: [], '@g4f/client': [] };
  for (let i = 0; i < runs; i++) {
    for (const [name, file] of Object.entries(targets)) {
      const code = `const began = performance.now(); await import(${JSON.stringify(pathToFileURL(file).href)}); console.log(performance.now() - began);`;
      const { stdout } = await run(process.execPath, ['--input-type=module', '-e', code]);
      times[name].push(Number(stdout));
    }
  }
  return times;
};

/** Bytes of a package as it is published: what its dist, package.json, README and LICENSE weigh, or all of a foreign one. */
const bytesIn = (path, ours) => {
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.size;
  return readdirSync(path)
    .filter(
      (name) =>
        name !== 'node_modules' &&
        (!ours || ['dist', 'package.json', 'README.md', 'LICENSE', 'CHANGELOG.md'].includes(name)),
    )
    .reduce((sum, name) => sum + bytesIn(join(path, name), false), 0);
};

/** Bytes of `@g4f/client` and all it brings, by package, and their sum. */
export const measureSize = () => {
  const client = realpathSync(join(here, 'node_modules/@g4f/client'));
  const providers = realpathSync(join(client, 'node_modules/@g4f/providers'));
  const packages = {
    '@g4f/client': bytesIn(client, true),
    '@g4f/providers': bytesIn(providers, true),
    '@g4f/core': bytesIn(realpathSync(join(client, 'node_modules/@g4f/core')), true),
    zod: bytesIn(realpathSync(join(client, 'node_modules/zod')), false),
    undici: bytesIn(realpathSync(join(providers, 'node_modules/undici')), false),
  };
  return { packages, total: Object.values(packages).reduce((sum, bytes) => sum + bytes, 0) };
};
