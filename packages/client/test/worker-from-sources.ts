// Gives every `Client` of a test the worker that was bundled from the sources, unless it names one itself.
import { inject, vi } from 'vitest';

vi.mock('../src/sync/worker-file.ts', async (original) => {
  const { findWorkerFile } = await original<typeof import('../src/sync/worker-file.ts')>();
  return {
    findWorkerFile: (workerURL: string | URL = inject('workerFromSources')) => findWorkerFile(workerURL),
  };
});
