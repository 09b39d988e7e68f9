// Answers that every backend of a wire must be able to read, for backends of which nothing has been recorded yet.
import type { ChatRequest } from '@g4f/core';
import { WIRE_SPEECH } from './speech/spoken-wires.ts';
import { ANSWERS_AS, CALL, COUNTS, type WireSpeech } from './speech/wire-speech.ts';
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
const THOUGHT = 'The user asks for the weather.';

/** @returns tapes of a text, of reasoning, of a call and of a whole answer; none for a wire we do not know. */
export const standardTapes = (wire: string | undefined): readonly Tape[] => {
  const speech = wire === undefined ? undefined : WIRE_SPEECH[wire];
  if (speech === undefined) return [];
  const usage = { prompt_tokens: COUNTS.input, completion_tokens: COUNTS.output };
  const said = TEXT.map(speech.text).join('');
  const text = TEXT.join('');
  const tapes: Tape[] = [
    streamed('a text', speech, speech.start + said, 'stop', { text, finish: 'stop', usage }),
    {
      ...streamed('a call', speech, speech.start + speech.call, 'tool', {
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
  if (speech.reasoning === undefined) return tapes;
  const thought = speech.start + speech.reasoning(THOUGHT) + said;
  return [
    ...tapes,
    streamed('reasoning', speech, thought, 'stop', { reasoning: THOUGHT, text, finish: 'stop', usage }),
  ];
};

function streamed(
  about: string,
  { contentType, finish, end }: WireSpeech,
  content: string,
  reason: 'stop' | 'tool',
  golden: Golden,
): Tape {
  return {
    about,
    request: REQUEST,
    status: 200,
    headers: { 'content-type': contentType },
    body: content + finish(reason) + end,
    cut: content.length,
    golden,
  };
}
