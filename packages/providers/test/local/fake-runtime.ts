// A fallback for the native runtime, for the tests of everything around it: its tokens are bytes, and it does what the
// last message, or the text, says. The vector of a text is its first byte and its length.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { temporaryFolder } from './fake-sources.ts';

/** The longest conversation of the fallback, in tokens, that is in bytes. */
export const FAKE_CONTEXT = 300;

const SOURCE = `
import { setTimeout as sleep } from 'node:timers/promises';
const bytes = (text) => [...Buffer.from(text)];
let busy = false;
let read = '';
const sequence = {
  async clearHistory() { read = ''; },
  async evaluateWithoutGeneratingNewTokens(tokens) {
    read += Buffer.from(tokens);
    if (read.startsWith('never read')) await new Promise(() => {});
  },
  async *evaluate(tokens, sampling) {
    if (busy) throw new Error('two answers at once');
    busy = true;
    try {
      read += Buffer.from(tokens);
      if (read === 'crash') { console.error('ggml: something is badly wrong'); process.kill(process.pid, 'SIGKILL'); await sleep(1e6); }
      if (read === 'block') for (;;);
      if (read.startsWith('post ')) { process.send(JSON.parse(read.slice(5))); read = 'say posted'; }
      if (read === 'throw') throw new RangeError('no such thing');
      if (read === 'for ever') for (;;) { yield 46; await sleep(1); }
      const said = {
        pid: () => String(process.pid),
        keys: () => Object.keys(process.env).join(' '),
        sampling: () => JSON.stringify({ ...sampling, repeatPenalty: { ...sampling.repeatPenalty, punishTokens: sampling.repeatPenalty.punishTokens() } }),
      }[read]?.() ?? read.replace('say ', '');
      for (const byte of bytes(said)) yield byte;
    } finally { busy = false; }
  },
};
let computing = false;
const newEmbedder = (options) => ({
  calculateInputLength: (tokens) => tokens.length + 2,
  async getEmbeddingFor(tokens) {
    if (computing) throw new Error('two texts at once');
    computing = true;
    const text = Buffer.from(tokens).toString();
    if (text === 'never') await new Promise(() => {});
    // As native code: the thread is free while it computes.
    await sleep(1);
    computing = false;
    if (text === 'crash') { console.error('ggml: something is badly wrong'); process.kill(process.pid, 'SIGKILL'); await sleep(1e6); }
    if (text === 'throw') throw new RangeError('no such thing');
    if (text === 'ends early') process.send({ kind: 'end', reason: 'stop' });
    return {
      vector: {
        pid: [process.pid, 0],
        options: [options.contextSize, options.batchSize, 1],
        zeros: [0, 0],
        'not finite': [1, NaN],
        nothing: [],
      }[text] ?? [tokens[0], tokens.length],
    };
  },
});
export class LlamaGrammarEvaluationState {
  constructor({ model, grammar }) { if (model.tokenizer) this.kept = grammar; }
}
export const getLlama = async () => ({
  createGrammar: async ({ grammar }) => {
    if (grammar.includes('unreadable')) throw new Error('Failed to parse grammar');
    return grammar;
  },
  loadModel: async ({ modelPath }) => {
    console.log('the native code is talkative');
    if (modelPath === 'bad') throw new Error('NoBinaryFoundError');
    return {
      tokenizer: {},
      tokens: { bos: modelPath.includes('no-bos') ? null : 1, eos: 2 },
      tokenize: bytes,
      createEmbeddingContext: async (options) => newEmbedder(options),
      trainContextSize: ${FAKE_CONTEXT},
      fileInfo: { metadata: { tokenizer: { chat_template: 'a template' } } },
      createContext: async ({ contextSize }) => ({ contextSize: contextSize.max + 100, getSequence: () => sequence }),
      detokenize: (tokens) => Buffer.from(tokens).toString(),
    };
  },
});
export class JinjaTemplateChatWrapper {
  generateContextState({ chatHistory }) {
    const last = chatHistory.findLast((message) => message.type === 'user');
    return { contextText: { tokenize: () => bytes(last.text) } };
  }
}
`;

/** The URL of the fallback's module, in a file that is gone after the test. */
export const fakeRuntime = (): string => {
  const file = join(temporaryFolder(), 'runtime.mjs');
  writeFileSync(file, SOURCE);
  return pathToFileURL(file).href;
};
