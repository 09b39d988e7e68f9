// The grammar of a stream: what may be said, in which order, and when it is complete.
import { describe, expect, it } from 'vitest';
import type { StreamEvent } from '../src/index.ts';
import { createGrammar, G4FError, LIMITS, truncated } from '../src/index.ts';
import { tooMany } from '../src/stream-grammar.ts';

const START: StreamEvent = { type: 'answer-start', model: 'm' };
const TEXT: StreamEvent = { type: 'text-delta', text: 'a' };
const STOP: StreamEvent = { type: 'finish', reason: 'stop' };
const USAGE: StreamEvent = {
  type: 'usage',
  usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
};
const ASIDE: StreamEvent = { type: 'aside', extra: { chunk: { system_fingerprint: 'f' } } };

const read = (events: readonly StreamEvent[]) => {
  const grammar = createGrammar('acme');
  for (const event of events) grammar.accept(event);
  return grammar;
};

const thrownBy = (action: () => unknown): G4FError => {
  try {
    action();
  } catch (error) {
    if (error instanceof G4FError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
};

describe('what a stream may say', () => {
  it('takes a start, deltas of every kind, a finish, and bookkeeping after it', () => {
    const grammar = read([
      START,
      TEXT,
      { type: 'reasoning-delta', text: 'hm' },
      { type: 'tool-call-delta', key: '0', name: 'f' },
      { type: 'media', mediaType: 'image/png', url: 'data:image/png;base64,AA' },
      { type: 'source', url: 'https://example.com' },
      USAGE,
      ASIDE,
      STOP,
      USAGE,
      ASIDE,
    ]);
    expect(() => grammar.end()).not.toThrow();
  });

  it.each<[string, StreamEvent]>([
    ['text-delta', TEXT],
    ['usage', USAGE],
    ['aside', ASIDE],
    ['finish', STOP],
  ])('refuses %s before the start', (name, event) => {
    const error = thrownBy(() => read([event]));
    expect(error.code).toBe('bad-response');
    expect(error.provider).toBe('acme');
    expect(error.message).toMatch(new RegExp(`^acme: ${name} before answer-start\\.`));
  });

  it('refuses a second start', () => {
    expect(thrownBy(() => read([START, TEXT, START])).message).toContain('a second answer-start');
  });

  it.each<[string, StreamEvent]>([
    ['text', TEXT],
    ['a second finish', STOP],
    ['a tool call', { type: 'tool-call-delta', key: '0' }],
  ])('refuses %s of a choice that has finished', (_, event) => {
    const error = thrownBy(() => read([START, STOP, event]));
    expect(error.code).toBe('bad-response');
    expect(error.message).toContain(`${event.type} after choice 0 had finished`);
  });

  it('lets one choice speak on after another has finished', () => {
    const grammar = read([START, TEXT, STOP, { ...TEXT, choice: 1 }]);
    expect(thrownBy(() => grammar.accept(TEXT)).message).toContain('choice 0');
    grammar.accept({ ...STOP, choice: 1 });
    expect(() => grammar.end()).not.toThrow();
  });
});

describe('when a stream is complete', () => {
  it.each<[string, readonly StreamEvent[]]>([
    ['nothing was said', []],
    ['it only started', [START]],
    ['it ends before the finish, however much was said', [START, TEXT, USAGE]],
    ['one of two answers was finished', [START, TEXT, STOP, { ...TEXT, choice: 1 }]],
    ['the other of two was', [START, TEXT, { ...TEXT, choice: 1 }, { ...STOP, choice: 1 }]],
  ])('was cut when %s', (_, events) => {
    const error = thrownBy(() => read(events).end());
    expect(error).toMatchObject({ code: 'stream-truncated', provider: 'acme', retryable: true });
  });

  it('is complete when each choice that spoke has finished, also one that never said a word', () => {
    expect(() => read([START, TEXT, STOP, { ...STOP, choice: 1 }]).end()).not.toThrow();
  });
});

it('tells a wire’s own finding of a cut in the same words', () => {
  const cut = truncated('acme', { requestId: 'req_1' });
  expect(cut).toMatchObject({ code: 'stream-truncated', provider: 'acme', requestId: 'req_1' });
  expect(cut.message).toBe(thrownBy(() => read([START]).end()).message);
});

describe('choices', () => {
  const says = (choice: number): StreamEvent => ({ type: 'text-delta', text: 'a', choice });

  it('may be numbered anyhow, and each must finish', () => {
    const far = 4_294_967_294;
    const grammar = read([START, says(far), TEXT, STOP]);
    expect(thrownBy(() => grammar.end()).code).toBe('stream-truncated');
    grammar.accept({ ...STOP, choice: far });
    expect(() => grammar.end()).not.toThrow();
    expect(thrownBy(() => grammar.accept(says(far))).code).toBe('bad-response');
  });

  it('are as many as there may be', () => {
    const all = Array.from({ length: LIMITS.choices + 1 }, (_, choice) => says(choice));
    const grammar = read([START, ...all]);
    const error = thrownBy(() => grammar.accept(says(LIMITS.choices + 1)));
    expect(error).toMatchObject({ code: 'bad-response', message: expect.stringContaining('choices') });
  });
});

it('too much of something is an error that says whose it is', () => {
  const error = tooMany('choices', 3, { provider: 'acme', model: 'm' });
  expect(error).toMatchObject({ code: 'bad-response', provider: 'acme', model: 'm' });
  expect(error.message).toBe('acme: the answer has more than 3 choices. Choose another provider.');
  expect(tooMany('choices', 3, { provider: 'acme' }).model).toBeUndefined();
  const many = Array.from({ length: LIMITS.choices + 2 }, (_, choice): StreamEvent => ({ ...TEXT, choice }));
  expect(thrownBy(() => read([START, ...many]))).toMatchObject({ code: 'bad-response', provider: 'acme' });
});
