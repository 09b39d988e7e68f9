// Calls and reasoning in all the ways in which services tell them: each call whole, none lost, and no tag in the text.

import { CALL, halves, type MockCall } from '../mock-wires/mock-wire.ts';
import { callChunk, choiceChunk, DONE, SECOND_CALL, usageChunk } from '../mock-wires/openai-chat.ts';
import { EVENTS, type Expected, type Fault, USAGE } from './fault.ts';
import type { FaultResponse } from './fault-response.ts';
import { ALL } from './fault-text.ts';

const TOOLS: NonNullable<Fault['request']> = {
  tools: [{ type: 'function', function: { name: CALL.name, parameters: { type: 'object' } } }],
};
const called = (...calls: readonly Partial<MockCall>[]): Expected => ({
  end: 'complete',
  text: '',
  calls,
  usage: USAGE,
});
const withoutId = ({ id: _, ...call }: MockCall): Partial<MockCall> => call;

const calls = (name: string, does: string, made: readonly MockCall[]): Fault => ({
  name,
  does,
  request: TOOLS,
  expected: called(...made),
  act: ({ answer: speaker, send }) =>
    send(
      speaker.start() +
        made.map((call) => speaker.call(call)).join('') +
        speaker.finish('tool') +
        speaker.end(),
    ),
});

const inChunks = (name: string, does: string, chunks: () => string, expected: Expected): Fault => ({
  name,
  does,
  only: ['openai-chat'],
  request: TOOLS,
  expected,
  act: ({ answer: speaker, send }) =>
    send(speaker.start() + chunks() + choiceChunk({}, 'tool_calls') + usageChunk() + DONE),
});
const fn = ({ name, arguments: args }: MockCall, given = args): object => ({
  function: { name, arguments: given },
});
const [FIRST_HALF, SECOND_HALF] = halves(CALL.arguments);
const TYPE = { type: 'function' } as const;

const THOUGHT = 'The user asks for the weather.';
const thought: Expected = { end: 'complete', text: ALL, reasoning: THOUGHT, usage: USAGE };
/** Cut in the middle of both tags. */
const TAGGED = ['<thi', `nk>${THOUGHT.slice(0, 9)}`, `${THOUGHT.slice(9)}</`, 'think>'] as const;

const finished = ({ answer: speaker, send }: FaultResponse, content: string): void =>
  send(content + speaker.finish('stop') + speaker.end());

/** Rows 18 to 20 of the table. */
export const TOOLS_AND_REASONING: readonly Fault[] = [
  calls('call', 'calls a function', [CALL]),
  calls('two-calls', 'calls two functions', [CALL, SECOND_CALL]),
  calls('call-without-arguments', 'calls a function that takes nothing', [{ ...CALL, arguments: '{}' }]),
  inChunks(
    'calls-interleaved',
    'calls two functions, the pieces of one between those of the other',
    () =>
      callChunk({ index: 0, id: CALL.id, ...TYPE, ...fn(CALL, FIRST_HALF) }) +
      callChunk({ index: 1, id: SECOND_CALL.id, ...TYPE, ...fn(SECOND_CALL) }) +
      callChunk({ index: 0, function: { arguments: SECOND_HALF } }),
    called(CALL, SECOND_CALL),
  ),
  inChunks(
    'calls-one-index',
    'calls two functions under one index, with two ids',
    () =>
      callChunk({ index: 0, id: CALL.id, ...TYPE, ...fn(CALL) }) +
      callChunk({ index: 0, id: SECOND_CALL.id, ...TYPE, ...fn(SECOND_CALL) }),
    called(CALL, SECOND_CALL),
  ),
  inChunks(
    'calls-one-index-empty',
    'calls two functions under one index, the first without arguments',
    () =>
      callChunk({ index: 0, id: CALL.id, ...TYPE, ...fn(CALL, '') }) +
      callChunk({ index: 0, id: SECOND_CALL.id, ...TYPE, ...fn(SECOND_CALL) }),
    called({ ...CALL, arguments: '' }, SECOND_CALL),
  ),
  inChunks(
    'calls-no-index',
    'calls two functions without an index',
    () =>
      callChunk({ id: CALL.id, ...TYPE, ...fn(CALL) }) +
      callChunk({ id: SECOND_CALL.id, ...TYPE, ...fn(SECOND_CALL) }),
    called(CALL, SECOND_CALL),
  ),
  inChunks(
    'calls-from-one',
    'counts its calls from one',
    () => callChunk({ index: 1, id: CALL.id, ...TYPE, ...fn(CALL) }),
    called(CALL),
  ),
  inChunks(
    'call-no-id',
    'gives its call no id',
    () => callChunk({ index: 0, ...TYPE, ...fn(CALL) }),
    called(withoutId(CALL)),
  ),
  inChunks(
    'arguments-not-json',
    'calls a function with arguments that are no JSON',
    () => callChunk({ index: 0, id: CALL.id, ...TYPE, ...fn(CALL, '{"city": Paris') }),
    called({ ...CALL, arguments: '{"city": Paris' }),
  ),
  {
    name: 'cut-arguments',
    does: 'ends the body in the middle of the arguments of a call',
    // In the other protocols a call comes whole.
    only: EVENTS.filter((wire) => wire !== 'gemini'),
    request: TOOLS,
    expected: { end: ['stream-truncated'], text: '' },
    act: ({ answer: speaker, send }) => {
      const start = speaker.start();
      return send(start + speaker.call(CALL, true));
    },
  },
  {
    name: 'reasoning',
    does: 'reasons before it answers',
    expected: thought,
    act: (stage) => {
      const { answer: speaker, text } = stage;
      const reasoned = speaker.start() + (speaker.reasoning?.(THOUGHT) ?? '');
      finished(stage, reasoned + text(0));
    },
  },
  {
    name: 'reasoning-field',
    does: 'reasons in a field named reasoning',
    only: ['openai-chat'],
    expected: thought,
    act: (stage) => finished(stage, choiceChunk({ reasoning: THOUGHT }) + stage.text()),
  },
  {
    name: 'think-tags',
    does: 'reasons between tags in the text, cut anywhere',
    only: ['openai-chat', 'ollama-chat'],
    expected: thought,
    act: (stage) => {
      const { answer: speaker, text } = stage;
      finished(stage, speaker.start() + TAGGED.map((piece) => speaker.text(piece)).join('') + text(0));
    },
  },
];
