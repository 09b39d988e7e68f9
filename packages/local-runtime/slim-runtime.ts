// The plugin that leaves out of the bundle what node-llama-cpp needs to compile, download and talk on a terminal.
import { readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Options } from 'tsup';

type Plugin = NonNullable<Options['esbuildPlugins']>[number];

/** Loads nothing, and fails where it is used: the embedded model never compiles, downloads or asks on a terminal. */
const LEFT_OUT =
  /^(async-retry|bytes|chmodrp|filenamify|ignore|ipull|ora|pretty-ms|simple-git|slice-ansi|stdout-update)$/;

const absent = (name: string): string =>
  `const absent = () => { throw new Error(${JSON.stringify(`${name} is not part of @g4f/local-runtime`)}); };
module.exports = new Proxy(absent, { get: (_, key) => (key === '__esModule' ? true : absent) });`;

/**
 * What is replaced: two facts that node-llama-cpp reads from files of its own package, which are not here, and its trial
 * of a native build in another process, because the embedded model's engine is in a process of its own anyway.
 */
const replaced = async (): Promise<Readonly<Record<string, string>>> => {
  const home = dirname(dirname(fileURLToPath(import.meta.resolve('node-llama-cpp'))));
  const { version } = JSON.parse(await readFile(join(home, 'package.json'), 'utf8'));
  const { release } = JSON.parse(await readFile(join(home, 'llama/binariesGithubRelease.json'), 'utf8'));
  return {
    'getModuleVersion.js': `export const getModuleVersion = async () => ${JSON.stringify(version)};`,
    'binariesGithubRelease.js': `export const builtinLlamaCppRelease = ${JSON.stringify(release)};
export const defaultLlamaCppRelease = builtinLlamaCppRelease;
export const getBinariesGithubRelease = async () => builtinLlamaCppRelease;
export const setBinariesGithubRelease = async () => {};`,
    'testBindingBinary.js': 'export const testBindingBinary = async () => true;',
  };
};

/** Bundles node-llama-cpp without its workshop. */
export const slimRuntime: Plugin = {
  name: 'slim-runtime',
  async setup(build) {
    const contents = await replaced();
    build.onResolve({ filter: LEFT_OUT }, ({ path }) => ({ path, namespace: 'left-out' }));
    build.onLoad({ filter: /.*/, namespace: 'left-out' }, ({ path }) => ({ contents: absent(path) }));
    build.onLoad(
      { filter: /\/(getModuleVersion|binariesGithubRelease|testBindingBinary)\.js$/ },
      ({ path }) => ({
        contents: contents[basename(path)] ?? '',
      }),
    );
  },
};
