// A stand-in for the native runtime, for the tests of everything around it: its tokens are bytes, and it does what the
// last message says.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { temporaryFolder } from './fake-sources.ts';

/** The longest conversation of the stand-in, in tokens, that is in bytes. */
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

/** The URL of the stand-in's module, in a file that is gone after the test. */
export const fakeRuntime = (): string => {
  const file = join(temporaryFolder(), 'runtime.mjs');
  writeFileSync(file, SOURCE);
  return pathToFileURL(file).href;
};
