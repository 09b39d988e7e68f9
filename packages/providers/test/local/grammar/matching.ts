// Whether a text fits a grammar, as llama.cpp itself sees it: the judge that the embedded model is kept by.
import { findRuntime, type Runtime } from '../../../src/local/engine/runtime.ts';

const runtime = findRuntime({});

/** Why grammars cannot be tested here; undefined if they can. */
export const missing = runtime === undefined ? 'the runtime is not installed' : undefined;

let llama: Promise<Awaited<ReturnType<Runtime['getLlama']>>> | undefined;

async function load(): Promise<Awaited<ReturnType<Runtime['getLlama']>>> {
  const { getLlama }: Runtime = await import(runtime ?? '');
  return getLlama({
    gpu: process.platform === 'darwin' && process.arch === 'arm64' ? 'auto' : false,
    build: 'never',
    skipDownload: true,
    progressLogs: false,
    logLevel: 'disabled',
  });
}

/** Reads the grammar and gives a test of texts. @throws Error if llama.cpp cannot read it */
export const matcher = async (grammar: string): Promise<(text: string) => boolean> => {
  llama ??= load();
  const read = await (await llama).createGrammar({ grammar });
  const test: unknown = Reflect.get(read, '_testText');
  if (typeof test !== 'function') throw new Error('the runtime has no test of texts any more');
  return (text) => test.call(read, text) === true;
};
