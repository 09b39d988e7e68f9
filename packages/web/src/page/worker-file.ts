// Where the file of the worker thread is.

/** Beside this code, in the ESM and in the CommonJS build. */
export const pageWorkerFile = (): URL => new URL('./page-worker.js', import.meta.url);
