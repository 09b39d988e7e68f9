// Good ends and bad ones: a whole answer is told from a cut one, and is not waited for any longer.
import { choiceChunk, DONE } from '../mock-wires/openai-chat.ts';
import { COMMENT, COMPLETE, END_MARKED, type Fault, fails, refused, USAGE } from './fault.ts';
import { ALL } from './fault-text.ts';

/** Neither of them is an answer in one piece. */
const CUT_WHOLE = refused('bad-response', 'stream-truncated');
const BROKEN_WHOLE = refused('network', 'stream-truncated', 'bad-response');
const END_SIGNED: readonly string[] = [...END_MARKED, 'openai-responses', 'ollama-chat', 'cohere-chat'];

/** Between what comes after the end, in ms. */
const MORE_MS = 20;

/** Rows 9 to 13 of the table. */
export const ENDS: readonly Fault[] = [
  {
    name: 'truncated',
    does: 'ends the body in the middle of the text',
    expected: fails('stream-truncated'),
    whole: CUT_WHOLE,
    act: ({ half, send }) => send(half()),
  },
  {
    name: 'unfinished',
    does: 'ends the body after the text, without a sign that it is complete',
    expected: { end: ['stream-truncated'], text: ALL },
    act: ({ text, send }) => send(text()),
  },
  {
    name: 'half-event',
    does: 'ends the body in the middle of a payload',
    expected: fails('stream-truncated'),
    act: ({ half, answer: speaker, send }) => send(half() + speaker.text('never').trimEnd().slice(0, -8)),
  },
  {
    name: 'finish-without-end',
    does: 'says why it finished, and leaves out the end mark',
    only: END_MARKED,
    expected: COMPLETE,
    act: ({ text, answer: speaker, send }) => send(text() + speaker.finish('stop')),
  },
  {
    name: 'finish-and-open',
    does: 'says why it finished, leaves out the end mark, and the connection open',
    only: [...END_MARKED, 'gemini'],
    expected: COMPLETE,
    act: ({ text, answer: speaker, send }) => send(text() + speaker.finish('stop'), 'stay'),
  },
  {
    name: 'finish-and-comments',
    does: 'says why it finished, leaves out the end mark, and sends comments for ever',
    only: [...END_MARKED, 'gemini'],
    expected: COMPLETE,
    act: ({ text, answer: speaker, repeatEvery }) =>
      repeatEvery(text() + speaker.finish('stop'), COMMENT, MORE_MS),
  },
  {
    name: 'finish-and-more',
    does: 'says why it finished, and then says more, and why it finished again',
    only: ['openai-chat', 'gemini'],
    expected: { end: 'complete', text: `${ALL} Bye.`, usage: USAGE },
    act: ({ text, answer: speaker, send }) => {
      const finish = (): string => speaker.finish('stop');
      return send(text() + finish() + speaker.text(' Bye.') + finish() + speaker.end());
    },
  },
  {
    name: 'end-without-finish',
    does: 'sends the end mark without saying why it finished',
    only: ['openai-chat'],
    expected: { end: 'complete', text: ALL },
    act: ({ text, send }) => send(text() + DONE),
  },
  {
    name: 'end-and-open',
    does: 'ends its answer and leaves the connection open',
    only: END_SIGNED,
    expected: COMPLETE,
    act: ({ good, send }) => send(good(), 'stay'),
  },
  {
    name: 'end-and-more',
    does: 'ends its answer, and goes on talking',
    only: END_SIGNED,
    expected: COMPLETE,
    act: ({ good, answer: speaker, repeatEvery }) => repeatEvery(good(), speaker.text('never'), MORE_MS),
  },
  {
    name: 'reset-after-end',
    does: 'breaks the connection once the answer is complete',
    expected: COMPLETE,
    act: ({ good, send }) => send(good(), 'reset'),
  },
  {
    name: 'one-choice-of-two',
    does: 'finishes one of the two answers that were asked for, and ends the body',
    only: ['openai-chat'],
    request: { n: 2 },
    expected: { end: ['stream-truncated'], text: `${ALL}And` },
    act: ({ text, send }) =>
      send(text() + choiceChunk({ content: 'And' }, null, 1) + choiceChunk({}, 'stop')),
  },
  {
    name: 'no-second-choice',
    does: 'gives one of the two answers that were asked for, and ends the body',
    only: ['openai-chat', 'gemini'],
    request: { n: 2 },
    expected: { end: ['stream-truncated'], text: ALL },
    act: ({ text, answer: speaker, send }) => send(text() + speaker.finish('stop')),
  },
  {
    name: 'reset',
    does: 'resets the connection in the middle of the text',
    expected: fails('network', 'stream-truncated'),
    whole: BROKEN_WHOLE,
    act: ({ half, send }) => send(half(), 'reset'),
  },
  {
    name: 'close',
    does: 'closes the connection in the middle of the text',
    expected: fails('network', 'stream-truncated'),
    whole: BROKEN_WHOLE,
    act: ({ half, send }) => send(half(), 'close'),
  },
];
