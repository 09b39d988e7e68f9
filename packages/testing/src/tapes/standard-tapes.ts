// Answers that every provider of a wire must be able to read, for providers of which nothing has been recorded yet.
import type { ChatRequest } from '@g4f/core';
import { ANSWERS_AS, CALL, COUNTS, type MockAnswer } from '../mock-wires/mock-wire.ts';
import { MOCK_WIRES } from '../mock-wires/mock-wires.ts';
import type { Golden, Tape } from './tape.ts';

const REQUEST: ChatRequest = {
  model: ANSWERS_AS,
  messages: [
    { role: 'system', content: 'Be brief.' },
    { role: 'user', content: 'How is the weather in Zürich? ☀️' },
  ],
  stream: true,
  temperature: 0,
  max_tokens: 100,
};
const TOOL = {
  type: 'function',
  function: {
    name: CALL.name,
    description: 'The weather of a city',
    parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
  },
} as const;

const TEXT = ['Grüezi! ', 'Sunny ☀️, ', '21 °C in <Zürich>.\n'] as const;
const THOUGHT = ['The user asks ', 'for the weather.'] as const;

/** @returns tapes of a text, of a call, of a whole answer and of reasoning; none for a wire we do not know. */
export const standardTapes = (wire: string | undefined): readonly Tape[] => {
  const speech = wire === undefined ? undefined : MOCK_WIRES[wire];
  if (speech === undefined) return [];
  const usage = { prompt_tokens: COUNTS.input, completion_tokens: COUNTS.output };
  const text = TEXT.join('');
  const headers = { 'content-type': speech.contentType };
  const say = (speaker: MockAnswer): string => TEXT.map((piece) => speaker.text(piece)).join('');
  const streamed = (
    about: string,
    reason: 'stop' | 'tool',
    content: (speaker: MockAnswer) => string,
    golden: Golden,
  ): Tape => {
    const speaker = speech.speak();
    const begun = speaker.start() + content(speaker);
    const body = begun + speaker.finish(reason) + speaker.end();
    return { about, request: REQUEST, status: 200, headers, body, cut: begun.length, golden };
  };

  const tapes: Tape[] = [
    streamed('a text', 'stop', say, { text, finish: 'stop', usage }),
    {
      ...streamed('a call', 'tool', (speaker) => speaker.call(CALL), {
        toolCalls: [CALL],
        finish: 'tool_calls',
        usage,
      }),
      request: { ...REQUEST, tools: [TOOL] },
    },
    {
      about: 'an answer in one piece',
      request: { ...REQUEST, stream: false },
      status: 200,
      headers: { 'content-type': 'application/json' },
      body: speech.whole(text),
      golden: { text, finish: 'stop', usage },
    },
  ];
  if (speech.speak().reasoning === undefined) return tapes;
  const think = (speaker: MockAnswer): string =>
    THOUGHT.map((piece) => speaker.reasoning?.(piece) ?? '').join('') + say(speaker);
  const golden = { reasoning: THOUGHT.join(''), text, finish: 'stop', usage };
  return [...tapes, streamed('reasoning', 'stop', think, golden)];
};
