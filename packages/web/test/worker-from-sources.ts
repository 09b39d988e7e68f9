// Gives each test the worker that was bundled from the sources.
import { inject, vi } from 'vitest';

vi.mock('../src/page/worker-file.ts', () => ({ pageWorkerFile: () => new URL(inject('pageWorker')) }));
