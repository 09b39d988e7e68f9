// Bodies of any size of OpenAI's chat completions.
import { type Kinds, parameters, times, user } from './kinds.ts';

const call = (id: string, name: string): object => ({
  id,
  type: 'function',
  function: { name, arguments: '{}' },
});

const asked = (count: number, letter: string): readonly object[] => [
  user('x'),
  { role: 'assistant', content: null, tool_calls: times(count / 4, (at) => call(`${letter}${at}`, 'f')) },
];

/** Of `/v1/chat/completions`. */
export const OPENAI_BODIES: Kinds = {
  messages: (count, letter, model) => ({ model, messages: times(count, (at) => user(`${letter}${at}`)) }),
  'system messages': (count, letter, model) => ({
    model,
    messages: [
      ...times(count, (at) => ({ role: at % 2 ? 'system' : 'developer', content: letter })),
      user('x'),
    ],
  }),
  parts: (count, letter, model) => ({
    model,
    messages: [user(times(count, (at) => ({ type: 'text', text: `${letter}${at}` })))],
  }),
  'calls and their results': (count, letter, model) => ({
    model,
    messages: [
      ...asked(count, letter),
      ...times(count / 4, (at) => ({
        role: 'tool',
        tool_call_id: `${letter}${count / 4 - 1 - at}`,
        content: 'x',
      })),
    ],
  }),
  'calls of one id': (count, letter, model) => ({
    model,
    messages: [
      user('x'),
      { role: 'assistant', content: null, tool_calls: times(count / 4, () => call(letter, 'f')) },
      ...times(count / 4, () => ({ role: 'tool', tool_call_id: letter, content: 'x' })),
    ],
  }),
  'results of no call': (count, letter, model) => ({
    model,
    messages: [
      ...asked(count, letter),
      ...times(count / 4, (at) => ({ role: 'tool', tool_call_id: `none-${at}`, content: 'x' })),
    ],
  }),
  'turns with a call': (count, letter, model) => ({
    model,
    messages: [
      user('x'),
      ...times(count / 4, (at) => [
        { role: 'assistant', content: null, tool_calls: [call(`${letter}${at}`, `f${at}`)] },
        { role: 'tool', tool_call_id: `${letter}${at}`, content: 'x' },
      ]).flat(),
    ],
  }),
  tools: (count, letter, model) => ({
    model,
    messages: [user('x')],
    tools: times(count / 4, (at) => ({
      type: 'function',
      function: { name: `${letter}${at}`, parameters: parameters({}) },
    })),
  }),
  'properties of a schema': (count, letter, model) => ({
    model,
    messages: [user('x')],
    response_format: {
      type: 'json_schema',
      json_schema: {
        name: 'x',
        schema: {
          ...parameters(Object.fromEntries(times(count, (at) => [`${letter}${at}`, { type: 'string' }]))),
          required: times(count, (at) => `${letter}${at}`),
        },
      },
    },
  }),
  'definitions of a schema': (count, letter, model) => ({
    model,
    messages: [user('x')],
    tools: [
      {
        type: 'function',
        function: {
          name: 'f',
          parameters: {
            ...parameters(
              Object.fromEntries(
                times(count / 4, (at) => [`${letter}${at}`, { $ref: `#/$defs/${letter}${at}` }]),
              ),
            ),
            $defs: Object.fromEntries(
              times(count / 4, (at) => [
                `${letter}${at}`,
                { $ref: `#/$defs/${letter}${(at + 1) % (count / 4)}` },
              ]),
            ),
          },
        },
      },
    ],
  }),
  fields: (count, letter, model) => ({
    model,
    messages: [user('x')],
    ...Object.fromEntries(times(count, (at) => [`${letter}_${at}`, at])),
  }),
  'stop sequences': (count, letter, model) => ({
    model,
    messages: [user('x')],
    stop: times(count, (at) => `${letter}${at}`),
  }),
  biases: (count, _, model) => ({
    model,
    messages: [user('x')],
    logit_bias: Object.fromEntries(times(count, (at) => [at, 1])),
  }),
  metadata: (count, letter, model) => ({
    model,
    messages: [user('x')],
    metadata: Object.fromEntries(times(count, (at) => [`${letter}${at}`, 'x'])),
  }),
  providers: (count, _, model) => ({ model, messages: [user('x')], provider: times(count, () => 'openai') }),
  'reasoning details': (count, letter, model) => ({
    model,
    messages: [
      user('x'),
      {
        role: 'assistant',
        content: 'x',
        reasoning_details: times(count, (at) => ({ type: 'reasoning.text', format: letter, text: `${at}` })),
      },
      user('y'),
    ],
  }),
  'pictures as data': (count, letter, model) => ({
    model,
    messages: [
      user(
        times(count / 4, () => ({
          type: 'image_url',
          image_url: { url: `data:image/png;base64,${letter}AAA` },
        })),
      ),
    ],
  }),
  'quotes and backslashes': (count, letter, model) => ({
    model,
    messages: [user(`\\"${letter}`.repeat(20 * count) + '\\'.repeat(20 * count))],
  }),
  'line ends': (count, letter, model) => ({
    model,
    messages: [user(`\u2028\n${letter}\r`.repeat(20 * count))],
  }),
  'a long role': (count, letter, model) => ({
    model,
    messages: [{ role: letter.repeat(20 * count), content: 'x' }],
  }),
  'a long model': (count, letter) => ({ model: `${letter}-:/`.repeat(10 * count), messages: [user('x')] }),
  'a long provider': (count, letter, model) => ({
    model,
    messages: [user('x')],
    provider: letter.repeat(20 * count),
  }),
  'a long picture': (count, letter, model) => ({
    model,
    messages: [
      user([
        { type: 'image_url', image_url: { url: `data:image/png;base64,${`${letter}=`.repeat(10 * count)}` } },
      ]),
    ],
  }),
  'a long address': (count, letter, model) => ({
    model,
    messages: [
      user([{ type: 'image_url', image_url: { url: `https://${`${letter}.`.repeat(10 * count)}/` } }]),
    ],
  }),
  'a long media type': (count, letter, model) => ({
    model,
    messages: [
      user([{ type: 'image_url', image_url: { url: `data:${`${letter};`.repeat(10 * count)}base64,AA` } }]),
    ],
  }),
  'long arguments': (count, letter, model) => ({
    model,
    messages: [
      user('x'),
      {
        role: 'assistant',
        content: null,
        tool_calls: [
          { id: 'a', type: 'function', function: { name: 'f', arguments: `{"${letter}":[`.repeat(count) } },
        ],
      },
      { role: 'tool', tool_call_id: 'a', content: 'x' },
    ],
  }),
};
