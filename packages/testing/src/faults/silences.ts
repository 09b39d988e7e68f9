// Silences, and talk that says nothing: a deadline must end them, or the reader's leaving.
import { COMMENT, EVENTS, type Fault, late } from './fault.ts';
import { HALF } from './fault-text.ts';

const EVERY_MS = 20;
const WORDS = 'word '.repeat(20);

/** Row 17 of the table (its `connect` is {@link FaultServer.neverConnects}), and streams that never end. */
export const SILENCES: readonly Fault[] = [
  {
    name: 'no-headers',
    does: 'takes the request and says nothing',
    expected: late('headers'),
    whole: late('headers'),
    act: (stage) => stage.silence(),
  },
  {
    name: 'no-content',
    does: 'sends its headers, and then nothing',
    expected: late('first-content'),
    whole: late('first-content'),
    act: ({ send }) => send('', 'stay'),
  },
  {
    name: 'start-only',
    does: 'sends the start of an answer, and then nothing',
    only: ['openai-chat', 'openai-responses', 'anthropic-messages', 'ollama-chat', 'cohere-chat'],
    expected: late('first-content'),
    act: ({ answer: speaker, send }) => send(speaker.start(), 'stay'),
  },
  {
    name: 'stall',
    does: 'falls silent in the middle of the text',
    expected: late('idle', HALF),
    whole: late('first-content'),
    act: ({ half, send }) => send(half(), 'stay'),
  },
  {
    name: 'comments-for-ever',
    does: 'sends comments and no content',
    only: EVENTS,
    expected: late('first-content'),
    act: ({ repeatEvery }) => repeatEvery('', COMMENT, EVERY_MS),
  },
  {
    name: 'comments-in-the-middle',
    does: 'sends half of the text, and then comments',
    only: EVENTS,
    expected: late('idle', HALF),
    act: ({ half, repeatEvery }) => repeatEvery(half(), COMMENT, EVERY_MS),
  },
  {
    name: 'oddities-for-ever',
    does: 'sends payloads that say nothing',
    expected: late('first-content'),
    act: ({ answer: speaker, repeatEvery }) => {
      const start = speaker.start();
      return repeatEvery(start, speaker.oddities(), EVERY_MS);
    },
  },
  {
    name: 'endless',
    does: 'never stops talking',
    expected: { end: ['aborted'] },
    act: ({ answer: speaker, repeat }) => {
      const start = speaker.start() + speaker.text(WORDS);
      return repeat(start, () => speaker.text(WORDS));
    },
  },
  {
    name: 'endless-slow',
    does: 'never stops talking, a piece every 20 ms',
    expected: { end: ['aborted'] },
    act: ({ answer: speaker, repeatEvery }) => {
      const start = speaker.start() + speaker.text(WORDS);
      return repeatEvery(start, () => speaker.text(WORDS), EVERY_MS);
    },
  },
];
