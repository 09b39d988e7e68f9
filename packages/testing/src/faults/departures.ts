// Small departures from a protocol: what the answer says is not lost, and what is no answer is not called good.

import { CALL } from '../mock-wires/mock-wire.ts';
import { choiceChunk, completionChunk, DONE, usageChunk } from '../mock-wires/openai-chat.ts';
import { COMPLETE, EVENTS, type Expected, type Fault, fails, refused, USAGE } from './fault.ts';
import type { FaultResponse } from './fault-response.ts';
import { ALL, FAULT_TEXT } from './fault-text.ts';

const OPENAI: readonly string[] = ['openai-chat'];
/** In the others a named event, or the line itself, is the payload's frame; and their finish is their end. */
const UNNAMED: readonly string[] = ['openai-chat', 'gemini'];

const complete = (more: Partial<Expected>): Expected => ({ ...COMPLETE, ...more });
const finished = ({ answer: speaker }: FaultResponse, said: string): string =>
  said + speaker.finish('stop') + speaker.end();

const MARK = '@@';
/** The text, and then a piece of it whose field holds this JSON. */
const lastPieceAs = (name: string, does: string, json: string, said: string): Fault => ({
  name,
  does,
  expected: complete({ text: ALL + said }),
  act: (stage) => {
    const body = finished(stage, stage.text() + stage.answer.text(MARK));
    stage.send(body.replaceAll(`"${MARK}"`, json).replaceAll(MARK, said));
  },
});

const OVERLOADED = { error: { code: 503, message: 'The service is overloaded.', status: 'UNAVAILABLE' } };
const TOO_LONG = 'error: {"code":400,"message":"the request exceeds the available context size"}\n\n';
const PING = 'event: ping\ndata: 2026-01-01T00:00:00Z\n\n';

/** A word that speaks of a filter and of a call, and is neither. */
const UNKNOWN = '"function_call_filter: MALFORMED_FUNCTION_CALL"';
/** A response tells its end by the name of its event, and by what is missing of it. */
const withUnknownEnding = (finish: string): string => {
  const unknown = finish
    .replace(/("(?:finish_reason|stop_reason|finishReason|done_reason)":)"[^"]+"/, `$1${UNKNOWN}`)
    .replaceAll('response.completed', 'response.incomplete');
  const [before = '', ...response] = unknown.split('"response":{');
  return [
    before,
    ...response.map((text) =>
      text.replace(
        '"status":"completed"',
        `"status":"incomplete","incomplete_details":{"reason":${UNKNOWN}}`,
      ),
    ),
  ].join('"response":{');
};

const TOOLS: NonNullable<Fault['request']> = {
  tools: [{ type: 'function', function: { name: CALL.name, parameters: { type: 'object' } } }],
};

const DIGITS = '2512292042121000001';
const THOUGHT = 'The user asks for the weather.';

/** What services were seen to send, and clients to lose. */
export const DEPARTURES: readonly Fault[] = [
  lastPieceAs('text-as-number', 'sends a piece of the text as a number', '1', '1'),
  lastPieceAs(
    'text-as-list',
    'sends a piece of the text as a list of parts',
    '[{"type":"text","text":" Bye."}]',
    ' Bye.',
  ),
  {
    name: 'finish-first',
    does: 'says why it finished before it says anything, and then answers',
    // In the other protocols the finish is the end.
    only: [...UNNAMED, 'anthropic-messages'],
    expected: COMPLETE,
    act: (stage) => {
      const { answer: speaker, text, send } = stage;
      return send(speaker.start() + speaker.finish('stop') + finished(stage, text(0)));
    },
  },
  {
    name: 'error-outside-events',
    does: 'writes a failure into the stream that is no event, over several lines',
    only: EVENTS,
    expected: fails('server'),
    act: ({ half, send }) => send(`${half()}${JSON.stringify(OVERLOADED, null, 2)}\n`),
  },
  {
    name: 'error-after-finish',
    does: 'says why it finished, and then writes a failure that is no event',
    only: UNNAMED,
    expected: { end: ['server'], text: ALL },
    act: ({ text, answer: speaker, send }) =>
      send(`${text()}${speaker.finish('stop')}${JSON.stringify(OVERLOADED)}\n`),
  },
  {
    name: 'error-line',
    does: 'writes a failure into a field named error',
    only: EVENTS,
    expected: fails('context-length'),
    act: ({ half, send }) => send(half() + TOO_LONG),
  },
  {
    name: 'error-in-list',
    does: 'reports a failure in a list',
    expected: fails('server'),
    act: ({ half, mock: speech, send }) => {
      const list = JSON.stringify([OVERLOADED]);
      return send(half() + (speech.framing === 'lines' ? `${list}\n` : `data: ${list}\n\n`));
    },
  },
  {
    name: 'snapshot-at-end',
    does: 'repeats the whole message after its pieces',
    only: OPENAI,
    expected: COMPLETE,
    act: (stage) => {
      const message = { role: 'assistant', content: ALL };
      const whole = completionChunk({ choices: [{ index: 0, message, finish_reason: null }] });
      return stage.send(finished(stage, stage.text() + whole));
    },
  },
  {
    name: 'finish-on-every-piece',
    does: 'says why it finished with every piece of its text, of which the first is half a tag',
    only: OPENAI,
    expected: complete({ reasoning: THOUGHT }),
    act: ({ answer: speaker, text, send }) => {
      const pieces = speaker.start() + speaker.text('<thi') + speaker.text(`nk>${THOUGHT}</think>`) + text(0);
      return send(pieces.replaceAll('"finish_reason":null', '"finish_reason":"stop"') + usageChunk() + DONE);
    },
  },
  {
    name: 'role-only',
    does: 'says who speaks, and ends its stream',
    only: OPENAI,
    expected: refused('bad-response'),
    act: ({ answer: speaker, send }) => send(speaker.start() + DONE),
  },
  {
    name: 'messages-so-far',
    does: 'sends a message with all its text so far in the place of each piece',
    only: OPENAI,
    expected: COMPLETE,
    act: ({ answer: speaker, send }) => {
      const messages = FAULT_TEXT.map((_, at) => FAULT_TEXT.slice(0, at + 1).join('')).map((content) =>
        completionChunk({
          choices: [{ index: 0, message: { role: 'assistant', content }, finish_reason: null }],
        }),
      );
      return send(messages.join('') + speaker.finish('stop') + speaker.end());
    },
  },
  {
    name: 'ending-unknown',
    does: 'finishes for a reason that nobody knows',
    expected: { end: ['bad-response'], text: ALL },
    act: ({ text, answer: speaker, send }) =>
      send(text() + withUnknownEnding(speaker.finish('stop')) + speaker.end()),
  },
  {
    name: 'ending-unknown-at-once',
    does: 'says nothing, and finishes for a reason that nobody knows',
    expected: refused('bad-response'),
    act: ({ answer: speaker, send }) =>
      send(speaker.start() + withUnknownEnding(speaker.finish('stop')) + speaker.end()),
  },
  {
    name: 'big-integer',
    does: 'calls a function with a number above 2^53',
    // In the other protocols arguments are text.
    only: ['gemini', 'ollama-chat'],
    request: TOOLS,
    expected: {
      end: 'complete',
      text: '',
      calls: [{ name: CALL.name, arguments: `{"id":${DIGITS}}` }],
      usage: USAGE,
    },
    act: ({ answer: speaker, send }) => {
      const call = speaker.call({ ...CALL, arguments: `{"id":"${MARK}"}` }).replace(`"${MARK}"`, DIGITS);
      return send(speaker.start() + call + speaker.finish('tool') + speaker.end());
    },
  },
  {
    name: 'reasoning-in-content',
    does: 'reasons in a part of the content',
    only: OPENAI,
    expected: complete({ reasoning: THOUGHT }),
    act: (stage) =>
      stage.send(
        finished(stage, choiceChunk({ content: [{ type: 'reasoning', text: THOUGHT }] }) + stage.text()),
      ),
  },
  {
    name: 'think-end-alone',
    does: 'reasons before a closing tag that was never opened, as its family does',
    request: { model: 'deepseek-r1' },
    expected: complete({ reasoning: THOUGHT }),
    act: (stage) => {
      const { answer: speaker, text, send } = stage;
      return send(finished(stage, speaker.start() + speaker.text(`${THOUGHT}</think>`) + text(0)));
    },
  },
  {
    name: 'no-blank-lines',
    does: 'leaves out the blank lines between its events',
    only: UNNAMED,
    expected: COMPLETE,
    act: ({ good, send }) => send(good().replace(/(\r?\n)\r?\n(?=data:)/g, '$1')),
  },
  {
    name: 'end-mark-glued',
    does: 'writes its end mark onto the line of the last event',
    only: OPENAI,
    expected: COMPLETE,
    act: ({ good, send }) => send(good().replace(/\n\n(?=data: \[DONE\])/, '')),
  },
  {
    name: 'foreign-end-mark',
    does: "ends with OpenAI's end mark",
    only: ['gemini', 'openai-responses', 'anthropic-messages', 'cohere-chat'],
    expected: COMPLETE,
    act: ({ good, send }) => send(good() + DONE),
  },
  {
    name: 'ping-with-date',
    does: 'sends pings that hold a date',
    only: EVENTS,
    expected: COMPLETE,
    act: (stage) => stage.send(PING + stage.half() + PING + finished(stage, stage.text(2))),
  },
];
