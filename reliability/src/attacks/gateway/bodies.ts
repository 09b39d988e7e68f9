// Bodies of any size that a caller of the gateway may send, by route and kind.
import { OPENAI_BODIES } from './chat-bodies.ts';
import { type Kinds, parameters, times, user } from './kinds.ts';

const ANTHROPIC: Kinds = {
  messages: (count, letter, model) => ({
    model,
    max_tokens: 1,
    messages: times(count, (at) => ({ role: at % 2 ? 'assistant' : 'user', content: `${letter}${at}` })),
  }),
  blocks: (count, letter, model) => ({
    model,
    max_tokens: 1,
    messages: [user(times(count, (at) => ({ type: 'text', text: `${letter}${at}` })))],
  }),
  'blocks of an assistant': (count, letter, model) => ({
    model,
    max_tokens: 1,
    messages: [
      user('x'),
      {
        role: 'assistant',
        content: times(count / 3, (at) => [
          { type: 'thinking', thinking: letter, signature: 'x' },
          { type: 'text', text: `${at}` },
        ]).flat(),
      },
      user('x'),
    ],
  }),
  'calls and their results': (count, letter, model) => ({
    model,
    max_tokens: 1,
    messages: [
      user('x'),
      {
        role: 'assistant',
        content: times(count / 4, (at) => ({ type: 'tool_use', id: `${letter}${at}`, name: 'f', input: {} })),
      },
      user(times(count / 4, (at) => ({ type: 'tool_result', tool_use_id: `${letter}${at}`, content: 'x' }))),
    ],
  }),
  system: (count, letter, model) => ({
    model,
    max_tokens: 1,
    system: times(count, () => ({ type: 'text', text: letter })),
    messages: [user('x')],
  }),
  tools: (count, letter, model) => ({
    model,
    max_tokens: 1,
    messages: [user('x')],
    tools: times(count / 4, (at) => ({ name: `${letter}${at}`, input_schema: parameters({}) })),
  }),
};

const geminiTurn = (role: string, parts: readonly object[]): object => ({ role, parts });
const GEMINI: Kinds = {
  contents: (count, letter) => ({
    contents: times(count / 2, (at) => geminiTurn(at % 2 ? 'model' : 'user', [{ text: letter }])),
  }),
  parts: (count, letter) => ({
    contents: [
      geminiTurn(
        'user',
        times(count, (at) => ({ text: `${letter}${at}` })),
      ),
    ],
  }),
  'calls and their results': (count, letter) => ({
    contents: [
      geminiTurn('user', [{ text: 'x' }]),
      geminiTurn(
        'model',
        times(count / 4, (at) => ({ functionCall: { name: `${letter}${at}` } })),
      ),
      geminiTurn(
        'user',
        times(count / 4, (at) => ({
          functionResponse: { name: `${letter}${count / 4 - 1 - at}`, response: {} },
        })),
      ),
    ],
  }),
  'results of no call': (count, letter) => ({
    contents: [
      geminiTurn('user', [{ text: 'x' }]),
      geminiTurn(
        'model',
        times(count / 4, (at) => ({ functionCall: { name: `${letter}${at}`, id: `${at}` } })),
      ),
      geminiTurn(
        'user',
        times(count / 4, (at) => ({
          functionResponse: { name: `none-${at}`, id: `none-${at}`, response: {} },
        })),
      ),
    ],
  }),
  tools: (count, letter) => ({
    contents: [geminiTurn('user', [{ text: 'x' }])],
    tools: [
      {
        functionDeclarations: times(count / 4, (at) => ({
          name: `${letter}${at}`,
          parameters: { type: 'OBJECT' },
        })),
      },
    ],
  }),
  'properties of a schema': (count, letter) => ({
    contents: [geminiTurn('user', [{ text: 'x' }])],
    generationConfig: {
      responseMimeType: 'application/json',
      responseSchema: {
        type: 'OBJECT',
        properties: Object.fromEntries(times(count, (at) => [`${letter}_${at}`, { type: 'STRING' }])),
      },
    },
  }),
};

const askedOllama = (count: number, letter: string): readonly object[] => [
  user('x'),
  {
    role: 'assistant',
    content: '',
    tool_calls: times(count / 4, (at) => ({ function: { name: `${letter}${at}`, arguments: {} } })),
  },
];

const OLLAMA: Kinds = {
  messages: (count, letter, model) => ({ model, messages: times(count, () => user(letter)) }),
  'calls and their results': (count, letter, model) => ({
    model,
    messages: [
      ...askedOllama(count, letter),
      ...times(count / 4, (at) => ({
        role: 'tool',
        tool_name: `${letter}${count / 4 - 1 - at}`,
        content: 'x',
      })),
    ],
  }),
  'results of no call': (count, letter, model) => ({
    model,
    messages: [
      ...askedOllama(count, letter),
      ...times(count / 4, (at) => ({ role: 'tool', tool_name: `none-${at}`, content: 'x' })),
    ],
  }),
  pictures: (count, letter, model) => ({
    model,
    messages: [{ role: 'user', content: 'x', images: times(count / 4, () => `iVBOR${letter}`) }],
  }),
};

const item = (fields: object): object => fields;
const RESPONSES: Kinds = {
  input: (count, letter, model) => ({ model, input: times(count, () => user(letter)) }),
  'calls and their results': (count, letter, model) => ({
    model,
    input: [
      user('x'),
      ...times(count / 4, (at) =>
        item({ type: 'function_call', call_id: `${letter}${at}`, name: 'f', arguments: '{}' }),
      ),
      ...times(count / 4, (at) =>
        item({ type: 'function_call_output', call_id: `${letter}${count / 4 - 1 - at}`, output: 'x' }),
      ),
    ],
  }),
  'results of no call': (count, letter, model) => ({
    model,
    input: [
      user('x'),
      ...times(count / 4, (at) =>
        item({ type: 'function_call', call_id: `${letter}${at}`, name: 'f', arguments: '{}' }),
      ),
      ...times(count / 4, (at) => item({ type: 'function_call_output', call_id: `none-${at}`, output: 'x' })),
    ],
  }),
  'reasoning and messages': (count, letter, model) => ({
    model,
    input: times(count / 4, (at) => [
      item({ type: 'reasoning', id: `rs_${at}`, summary: [{ type: 'summary_text', text: letter }] }),
      item({ type: 'message', role: 'assistant', content: [{ type: 'output_text', text: letter }] }),
    ]).flat(),
  }),
  'parts of a message': (count, letter, model) => ({
    model,
    input: [user(times(count, () => ({ type: 'input_text', text: letter })))],
  }),
  'a long id of a response': (count, letter, model) => ({
    model,
    input: 'x',
    previous_response_id: letter.repeat(20 * count),
  }),
};

const OTHERS: Kinds = {
  '/v1/embeddings texts': (count, letter, model) => ({
    model,
    input: times(count, (at) => `${letter}${at}`),
  }),
  '/v1/embeddings tokens': (count, _, model) => ({ model, input: times(count, () => [1]) }),
  '/v1/moderations texts': (count, letter, model) => ({
    model,
    input: times(count, (at) => `${letter}${at}`),
  }),
  '/v1/completions prompts': (count, letter, model) => ({
    model,
    prompt: times(count, (at) => `${letter}${at}`),
  }),
  '/v1/completions a long prompt': (count, letter, model) => ({
    model,
    prompt: `${letter}\n`.repeat(10 * count),
  }),
  '/v1/images/generations a long prompt': (count, letter, model) => ({
    model,
    prompt: letter.repeat(20 * count),
  }),
  '/v1/images/generations a long size': (count, _, model) => ({
    model,
    prompt: 'x',
    size: '1'.repeat(20 * count),
  }),
  '/v1/audio/speech a long input': (count, letter, model) => ({
    model,
    voice: 'x',
    input: `${letter}. `.repeat(10 * count),
  }),
  '/api/embed texts': (count, letter, model) => ({ model, input: times(count, (at) => `${letter}${at}`) }),
  '/api/generate a long prompt': (count, letter, model) => ({ model, prompt: letter.repeat(20 * count) }),
  '/v1/messages/count_tokens words': (count, letter, model) => ({
    model,
    messages: [user(`${letter}'${letter}-${letter}.\n`.repeat(5 * count))],
  }),
  '/v1/messages/count_tokens one word': (count, letter, model) => ({
    model,
    messages: [user(letter.repeat(20 * count))],
  }),
  '/v1/messages/count_tokens marks': (count, _, model) => ({
    model,
    messages: [user('.,!'.repeat(10 * count))],
  }),
};

/** Bodies of a route for each wire of who answers. */
export const CHAT_BODIES: Readonly<Record<string, Kinds>> = {
  '/v1/chat/completions': OPENAI_BODIES,
  '/v1/messages': ANTHROPIC,
  '/v1beta/models/MODEL:generateContent': GEMINI,
  '/api/chat': OLLAMA,
  '/v1/responses': RESPONSES,
};

/** Bodies by their route, which is the first word of the name. */
export const OTHER_BODIES: Kinds = OTHERS;
