// Answers that come in another frame than their protocol's: what is said in them is read, and counts as said.

import { completionChunk, DONE } from '../mock-wires/openai-chat.ts';
import { COMPLETE, EVENTS, type Fault } from './fault.ts';
import { ALL, HALF } from './fault-text.ts';

/** For a stream that was good before: `become` makes another of it, or of the answer in one piece. */
const framed = (name: string, does: string, become: (stream: string, whole: string) => string): Fault => ({
  name,
  does,
  only: EVENTS,
  expected: COMPLETE,
  act: ({ good, mock, send }) => send(become(good(), mock.whole(ALL))),
});

const FIELD = /^data: ?/gm;

/** What proxies and servers were seen to do with a stream. */
export const OTHER_FRAMINGS: readonly Fault[] = [
  framed('lines-for-events', 'sends lines of JSON where events are expected', (stream) =>
    stream
      .replace(/^event: .*\r?\n/gm, '')
      .replace(FIELD, '')
      .replace(/(?:\r?\n)+/g, '\n'),
  ),
  framed(
    'whole-and-end-mark',
    'answers in one piece, and adds the end mark of a stream to it',
    (_, whole) => whole + DONE,
  ),
  framed(
    'whole-as-event',
    'sends the whole answer as the only event of its stream',
    (_, whole) => `data: ${whole}\n\n`,
  ),
  framed('field-twice', 'writes the name of the field twice before each payload', (stream) =>
    stream.replace(FIELD, 'data: data: '),
  ),
  framed('field-cut-off', 'ends the line between the name of the field and the payload', (stream) =>
    stream.replace(FIELD, 'data:\n '),
  ),
  {
    name: 'error-in-choice',
    does: 'reports a failure in a choice that has stopped',
    only: ['openai-chat'],
    expected: { end: ['server'], text: HALF },
    act: ({ half, send }) => {
      const error = { code: 502, message: 'The provider is gone.' };
      const choice = { index: 0, delta: { content: '' }, finish_reason: 'stop', error };
      return send(half() + completionChunk({ choices: [choice] }) + DONE);
    },
  },
  {
    name: 'names-of-protocol-buffers',
    does: 'names its fields as protocol buffers do',
    only: ['gemini'],
    expected: COMPLETE,
    act: ({ good, send }) =>
      send(
        good().replace(/"(\w+)":/g, (name) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)),
      ),
  },
];
