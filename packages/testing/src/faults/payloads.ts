// Payloads that are odd, damaged, or failures: what can be read is read, and a failure is never taken for an answer.

import type { MockFailure } from '../mock-wires/mock-wire.ts';
import { choiceChunk, completionChunk, DONE, OPENAI_USAGE } from '../mock-wires/openai-chat.ts';
import { COMPLETE, EVENTS, type Fault, fails, refused, USAGE } from './fault.ts';
import { ALL } from './fault-text.ts';

const failure = (kind: MockFailure, expected: Fault['expected']): Fault => ({
  name: `error-${kind}`,
  does: `reports in the middle of the text that ${kind === 'overloaded' ? 'it is overloaded' : 'too much is asked of it'}`,
  expected,
  act: ({ half, answer: speaker, send }) => send(half() + speaker.failure(kind)),
});

const MALFORMED = { events: 'data: {"oops": tru\n\n', lines: '{"oops": tru\n' } as const;

const openai = (name: string, does: string, body: () => string, expected = COMPLETE): Fault => ({
  name,
  does,
  only: ['openai-chat'],
  expected,
  act: ({ text, send }) => send(text() + body()),
});

/** Rows 6 to 8 of the table, and where the token counts may stand. */
export const PAYLOADS: readonly Fault[] = [
  {
    name: 'malformed',
    does: 'sends a payload that is no JSON',
    expected: fails('bad-response'),
    act: ({ half, mock: speech, answer: speaker, text, send }) =>
      send(half() + MALFORMED[speech.framing] + text(2) + speaker.finish('stop') + speaker.end()),
  },
  {
    name: 'error-at-once',
    does: 'reports a failure instead of an answer',
    expected: refused('server'),
    act: ({ answer: speaker, send }) => send(speaker.failure('overloaded')),
  },
  failure('overloaded', fails('server')),
  failure('rate-limit', fails('rate-limit')),
  {
    name: 'error-event',
    does: 'sends an event that only its name says is a failure',
    only: EVENTS,
    expected: fails('rate-limit'),
    act: ({ half, send }) =>
      send(`${half()}event: error\ndata: {"message":"Slow down.","type":"rate_limit_error"}\n\n`),
  },
  {
    name: 'error-without-name',
    does: 'reports a failure in an event without a name',
    only: EVENTS,
    expected: fails('server'),
    act: ({ half, answer: speaker, send }) =>
      send(half() + speaker.failure('overloaded').replace(/^event: .*\n/, '')),
  },
  {
    name: 'odd-fields',
    does: 'sends fields that are null, missing, or unknown',
    expected: COMPLETE,
    act: ({ answer: speaker, text, send }) => {
      const begun = text();
      return send(begun + speaker.oddities() + speaker.finish('stop') + speaker.end());
    },
  },
  openai(
    'usage-in-last-chunk',
    'counts the tokens where it finishes',
    () =>
      completionChunk({
        choices: [{ index: 0, delta: {}, finish_reason: 'stop' }],
        usage: OPENAI_USAGE,
      }) + DONE,
  ),
  openai(
    'usage-x-groq',
    'counts the tokens under x_groq',
    () =>
      completionChunk({
        choices: [{ index: 0, delta: {}, finish_reason: 'stop' }],
        x_groq: { id: 'req_kit', usage: OPENAI_USAGE },
      }) + DONE,
  ),
  openai('no-usage', 'counts no tokens', () => choiceChunk({}, 'stop') + DONE, {
    end: 'complete',
    text: ALL,
  }),
  {
    name: 'usage-null',
    does: 'sends a usage that is null with every payload',
    only: ['openai-chat'],
    expected: { end: 'complete', text: ALL, usage: USAGE },
    act: ({ good, send }) => send(good().replaceAll('"choices":[{', '"usage":null,"choices":[{')),
  },
];
