// A conversation becomes a well-formed stream of events, computed by a fallback for the model.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ChatRequest, type Context, createGrammar, fold, isContent } from '@g4f/core';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import local from '../../src/backends/local.ts';
import { closeEngines } from '../../src/local/engine/engine.ts';
import { INSTALL_RUNTIME } from '../../src/local/engine/runtime.ts';
import { fakeRuntime } from './fake-runtime.ts';
import { lend, modelBytes, temporaryFolder } from './fake-sources.ts';

const installed = vi.hoisted(() => ({ runtime: undefined as string | undefined }));
vi.mock(import('../../src/local/engine/runtime.ts'), async (original) => ({
  ...(await original()),
  findRuntime: () => installed.runtime,
  missingRuntime: () => (installed.runtime === undefined ? INSTALL_RUNTIME : undefined),
}));

const screen = vi.hoisted(() => {
  const lines: string[] = [];
  return { terminal: false, lines, write: (text: string) => void lines.push(text) };
});
vi.mock(import('../../src/local/weights/progress.ts'), async (original) => ({
  ...(await original()),
  standardError: () => screen,
}));

let model = '';

beforeEach(() => {
  // One file for all questions of a test: another model would be another engine.
  model = join(temporaryFolder(), 'mine.gguf');
  writeFileSync(model, modelBytes);
  installed.runtime = fakeRuntime();
  screen.lines.length = 0;
});
afterEach(closeEngines);

const newContext = (
  signal?: AbortSignal,
): Context & { readonly warnings: string[]; readonly phases: string[] } => {
  const warnings: string[] = [];
  const env = { PATH: process.env.PATH ?? '', G4F_LOCAL_MODEL: model };
  return { ...lend(env, signal), warnings, warn: (message) => void warnings.push(message) };
};

async function* stream(content: string, more: Partial<ChatRequest> = {}, context = newContext()) {
  const grammar = createGrammar('local');
  const request = { model: 'mine', stream: true, messages: [{ role: 'user', content }], ...more } as const;
  for await (const batch of local.chat(request, context)) {
    for (const event of batch) grammar.accept(event);
    yield batch;
  }
  grammar.end();
}

const ask = (...question: Parameters<typeof stream>) => fold(stream(...question));

describe('the local provider', () => {
  it('answers with text, usage and the reason why it ended, as the model that really answers', async () => {
    const context = newContext();
    const answer = await ask('say hello', {}, context);
    expect(answer).toMatchObject({
      model: 'mine.gguf',
      choices: [{ index: 0, message: { role: 'assistant', content: 'hello' }, finish_reason: 'stop' }],
      usage: { prompt_tokens: 9, completion_tokens: 5, total_tokens: 14 },
    });
    expect(context.phases).toEqual(['prepare']);
    expect(context.warnings).toEqual([]);
  });

  it('has no body that extraBody could be set in, and says so', async () => {
    const context = { ...newContext(), extraBody: { x: 1 } };
    await ask('say hello', {}, context);
    expect(context.warnings).toEqual(['local: the embedded model is sent no body: extraBody was ignored.']);
  });

  it('cuts at a stop word, across tokens, and counts only the tokens up to it', async () => {
    const answer = await ask('say one two three', { stop: ['three', 'tw'] });
    expect(answer.choices[0]).toMatchObject({ message: { content: 'one ' }, finish_reason: 'stop' });
    expect(answer.usage?.completion_tokens).toBe('one tw'.length);
  });

  it('shows what looked like a stop word to the last', async () => {
    expect((await ask('say one tw', { stop: 'two' })).choices[0]?.message.content).toBe('one tw');
  });

  it('ends with length after max_tokens', async () => {
    const answer = await ask('say hello', { max_tokens: 3 });
    expect(answer.choices[0]).toMatchObject({ message: { content: 'hel' }, finish_reason: 'length' });
  });

  it('gives several answers, each with a seed of its own', async () => {
    const { choices, usage } = await ask('sampling', { n: 2, seed: 5 });
    expect(choices.map(({ message }) => JSON.parse(message.content ?? '').seed)).toEqual([5, 6]);
    expect(usage?.prompt_tokens).toBe('sampling'.length);
  });

  it('says how long the conversation is when it is too long', async () => {
    await expect(ask('x'.repeat(500))).rejects.toMatchObject({
      code: 'context-length',
      message: expect.stringMatching(/the conversation has 500 tokens, and the model's limit is 300/),
    });
  });

  it('throws as the server error it is when the engine fails in the middle', async () => {
    await expect(ask('throw')).rejects.toMatchObject({ code: 'server', provider: 'local' });
  });

  it('stops at once when the caller leaves', async () => {
    const leave = new AbortController();
    const reading = (async () => {
      for await (const batch of stream('for ever', {}, newContext(leave.signal))) {
        if (batch.some(({ type }) => type === 'text-delta')) leave.abort();
      }
    })();
    await expect(reading).rejects.toMatchObject({ code: 'aborted', provider: 'local' });
  });

  it('starts nothing for a caller who has left already', async () => {
    await expect(ask('say hello', {}, newContext(AbortSignal.abort()))).rejects.toMatchObject({
      code: 'aborted',
    });
  });

  it('says what to install when the runtime is missing', async () => {
    installed.runtime = undefined;
    expect(await local.available(newContext())).toBe('run "npm install @g4f/local-runtime"');
    await expect(ask('say hello')).rejects.toMatchObject({
      code: 'no-provider',
      message:
        'local: the model\'s runtime is missing: run "npm install @g4f/local-runtime" (once), then try again.',
    });
  });

  it("lists its models, or the user's own", async () => {
    expect(await local.available(newContext())).toBeUndefined();
    expect(await local.listModels({ ...newContext(), env: {} })).toMatchObject([
      { id: 'smollm2-135m-instruct', contextLength: 8192 },
      { id: 'all-minilm-l6-v2', contextLength: 256, output: ['embedding'] },
    ]);
    const own = { G4F_LOCAL_MODEL: model, G4F_LOCAL_EMBEDDING_MODEL: '/x/vectors.gguf' };
    expect(await local.listModels({ ...newContext(), env: own })).toEqual([
      { id: 'mine.gguf' },
      { id: 'vectors.gguf', output: ['embedding'] },
    ]);
  });

  it.each(['mine.gguf', 'Mine', 'smollm2-135m', 'SmolLM2-135M-Instruct'])('answers to %s', async (model) => {
    expect((await ask('say hello', { model })).model).toBe('mine.gguf');
  });

  it.each(['gpt-4', 'm', '', 'smollm2'])('refuses to answer as another model: "%s"', async (model) => {
    // Before anything else: not even the runtime is looked for.
    installed.runtime = undefined;
    await expect(ask('say hello', { model })).rejects.toMatchObject({
      code: 'model-not-found',
      message: `local: there is no model "${model}" on this machine, only mine.gguf. Write model: "mine.gguf"; or, to let it answer for another openly, fallback: "local" and not provider: "local".`,
    });
    const without = { ...newContext(), env: {} };
    await expect(ask('say hello', { model }, without)).rejects.toThrow(
      'only smollm2-135m. Write model: "smollm2-135m"',
    );
  });

  it('hands the engine a grammar for a response_format, and says so when the runtime cannot read it', async () => {
    const { choices } = await ask('sampling', { response_format: { type: 'json_object' } });
    expect(choices[0]?.message.content).toContain('"grammarEvaluationState":{"kept":"root ::= object\\n');
    const plain = await ask('sampling');
    expect(plain.choices[0]?.message.content).not.toContain('grammar');
    const json_schema = { name: 'x', schema: { const: 'unreadable' } };
    await expect(
      ask('sampling', { response_format: { type: 'json_schema', json_schema } }),
    ).rejects.toMatchObject({
      code: 'invalid-request',
      message: expect.stringContaining('cannot keep an answer to this response_format'),
    });
    expect((await ask('say hello')).choices[0]?.message.content).toBe('hello');
  });

  it('says once that the model is loaded, on a terminal also that a long conversation is read, and never later', async () => {
    const long = `say ${'x'.repeat(280)}`;
    screen.terminal = true;
    for await (const batch of stream(long, { n: 2, max_tokens: 2 })) {
      if (batch.some(isContent)) screen.lines.push('(text)');
    }
    await ask(long, { max_tokens: 2 });
    const before = screen.lines.slice(0, screen.lines.indexOf('(text)'));
    expect(before).toEqual([
      'local: loading mine.gguf; the first answer takes a few seconds.\n',
      'local: reading the conversation (284 tokens).\n',
    ]);
    expect(screen.lines.filter((line) => line.startsWith('local:'))).toEqual(before);
    closeEngines();
    screen.terminal = false;
    screen.lines.length = 0;
    await ask(long, { max_tokens: 2 });
    expect(screen.lines).toEqual([before[0]]);
  });
});
