// Runs generate-registry.ts on every Node that this repository supports; Vite compiles it, and the backends, on the way.
// `--check` changes nothing and fails if a generated file is stale. `--root` names another checkout.
import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';

await runnerImport(fileURLToPath(new URL('./generate-registry.ts', import.meta.url)), {
  root: fileURLToPath(new URL('..', import.meta.url)),
  logLevel: 'error',
  // Our own packages are read from their sources: nothing has to be built before.
  environments: { inline: { resolve: { conditions: ['@g4f/source'], noExternal: [/^@g4f\//] } } },
});
