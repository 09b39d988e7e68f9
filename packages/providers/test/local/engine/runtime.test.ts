// The runtime is found where the user says it is. That it is looked for nowhere else is shown by a program: client/test/sync.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';
import { findRuntime, missingRuntime } from '../../../src/local/engine/runtime.ts';
import { temporaryFolder } from '../fake-sources.ts';

/** A folder in whose node_modules there is a runtime. */
const installedIn = (folder: string, name: string): string => {
  const place = join(folder, 'node_modules', name);
  mkdirSync(place, { recursive: true });
  writeFileSync(join(place, 'package.json'), JSON.stringify({ name, exports: './main.js' }));
  writeFileSync(join(place, 'main.js'), '');
  return join(place, 'main.js');
};

it.each(['@g4f/local-runtime', 'node-llama-cpp'])('finds %s where the variable says', (name) => {
  const folder = temporaryFolder();
  const file = installedIn(folder, name);
  expect(findRuntime({ G4F_LOCAL_RUNTIME: folder })).toBe(pathToFileURL(file).href);
});

it('says that the variable names a folder without one', () => {
  const env = { G4F_LOCAL_RUNTIME: temporaryFolder() };
  expect(() => findRuntime(env)).toThrow(
    /^local: G4F_LOCAL_RUNTIME names .*, which has no node_modules with @g4f\/local-runtime or node-llama-cpp\. Correct it/,
  );
  expect(missingRuntime(env)).toMatch(/G4F_LOCAL_RUNTIME names/);
});
