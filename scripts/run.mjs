// Runs a script of this folder on every Node that this repository supports: `node scripts/run.mjs <name> …`. Vite
// compiles it, and the providers, on the way; our own packages are read from their sources, so nothing has to be built.
import './quiet-end.mjs';
import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';

const [name] = process.argv.splice(2, 1);
await runnerImport(fileURLToPath(new URL(`./${name}.ts`, import.meta.url)), {
  root: fileURLToPath(new URL('..', import.meta.url)),
  logLevel: 'error',
  environments: { inline: { resolve: { conditions: ['@g4f/source'], noExternal: [/^@g4f\//] } } },
});
