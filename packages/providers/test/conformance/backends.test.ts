// Every provider of the shelf keeps the promises that the test kit checks.
import { existsSync } from 'node:fs';
import { testProvider } from '@g4f/testing';
import { describe, it } from 'vitest';
import { registry } from '../../src/registry/registry.gen.ts';
import { tapesFolder } from '../backends/tapes-folder.ts';

const backends = await Promise.all(Object.values(registry).map(({ load }) => load()));

describe.each(backends.map((backend) => [backend.id, backend] as const))('%s', (id, backend) => {
  // A provider with recordings of its own has a test of its own, which plays them.
  const checks = existsSync(tapesFolder(id)) ? [] : testProvider(backend, [], { file: id });
  for (const { name, skipped, run } of checks) {
    // The embedded model speaks no wire: its own tests hear it.
    it.skipIf(skipped !== undefined)(skipped === undefined ? name : `${name} (${skipped})`, run);
  }
});
