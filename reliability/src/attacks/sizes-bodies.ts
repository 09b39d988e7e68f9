// Bodies of any size, by wire and kind: what a service may send many pieces of.
import type { WireName } from '@g4f/providers';

/** A body of so many pieces. @param letter another one for each seed. */
export type Body = (count: number, letter: string) => string;

type Kinds = Readonly<Record<string, Body>>;

/** Each piece from its number. */
const list = (count: number, piece: (at: number) => string, between = ''): string =>
  Array.from({ length: count }, (_, at) => piece(at)).join(between);

const data = (json: string): string => `data: ${json}\n\n`;

/** Server-sent events: each piece is one, and the last ends the answer. */
const events =
  (piece: (at: number, letter: string) => string, end: string, begin = ''): Body =>
  (count, letter) =>
    (begin && data(begin)) + list(count, (at) => data(piece(at, letter))) + data(end);

const chatDelta = (fields: string): string => `{"choices":[{"index":0,"delta":{${fields}}}]}`;
const CHAT_END = '{"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}';
const chat = (piece: (at: number, letter: string) => string): Body =>
  events((at, letter) => chatDelta(piece(at, letter)), CHAT_END);
const chatCall = (at: number, id: string, name: string, args: string): string =>
  `"tool_calls":[{"index":${at},"id":"${id}","function":{"name":"${name}","arguments":${args}}}]`;

const CHAT: Kinds = {
  text: chat((at, letter) => `"content":"${letter}${at}"`),
  'text and tags': chat((_, letter) => `"content":"<${letter}"`),
  reasoning: chat((_, letter) => `"reasoning_content":"${letter}"`),
  choices: events((at) => `{"choices":[{"index":${at},"delta":{"content":"a"}}]}`, CHAT_END),
  calls: chat((at) => chatCall(at, `id-${at}`, 'f', '"{}"')),
  'pieces of a call': chat((_, letter) => chatCall(0, 'a', 'f', `"${letter}"`)),
  'whole arguments': chat(() => chatCall(0, 'a', 'f', '"{}"')),
  'arguments that seem to be whole': chat(() => chatCall(0, 'a', 'f', '"{\\"a\\":1}"')),
  'long numbers': chat(() => chatCall(0, 'a', 'f', '{"id":9007199254740993}')),
  'fields of their own': chat((at, letter) => `"${letter}${at}":"x"`),
  'log probabilities': events(
    (at) => `{"choices":[{"index":0,"delta":{"content":"a"},"logprobs":{"content":[{"token":"${at}"}]}}]}`,
    CHAT_END,
  ),
  'fields beside the choices': events(
    (at, letter) => `{"${letter}${at}":1,"choices":[{"index":0,"delta":{"content":"a"}}]}`,
    CHAT_END,
  ),
  citations: events(
    (at) => `{"citations":["http://a.test/${at}"],"choices":[{"index":0,"delta":{"content":"a"}}]}`,
    CHAT_END,
  ),
  parts: (count, letter) =>
    data(chatDelta(`"content":[${list(count, (at) => `{"type":"${letter}","id":${at}}`, ',')}]`)) +
    data(CHAT_END),
  'finish reasons': events(() => CHAT_END, CHAT_END),
  'payloads in one event': (count) =>
    list(count, () => `data: ${chatDelta('"content":"a"')}\n`) + data(CHAT_END),
  'payloads in a list': (count) =>
    data(`[${list(count, () => chatDelta('"content":"a"'), ',')}]`) + data(CHAT_END),
  'lines that are no events': (count, letter) => list(count, () => `{"${letter}":1}\n`) + data(CHAT_END),
  'braces that are not closed': (count) => list(count, () => '{\n') + data(CHAT_END),
  'odd beginnings': (count) => '\u2028'.repeat(count) + data(CHAT_END),
  'blank lines after a byte order mark': (count) => `\ufeff${'\n'.repeat(count)}${data(CHAT_END)}`,
  'one long answer': (count, letter) =>
    `{"choices":[{"finish_reason":"stop","message":{"content":"${letter.repeat(count * 50)}"}}]}`,
};

const response = (piece: (at: number, letter: string) => string): Body =>
  events(
    piece,
    '{"type":"response.completed","response":{"status":"completed","output":[]}}',
    '{"type":"response.created","response":{"id":"r","model":"m"}}',
  );

const RESPONSES: Kinds = {
  text: response((_, letter) => `{"type":"response.output_text.delta","output_index":0,"delta":"${letter}"}`),
  'texts at many places': response(
    (at) => `{"type":"response.output_text.delta","output_index":0,"content_index":${at},"delta":"a"}`,
  ),
  items: response(
    (at) => `{"type":"response.output_text.delta","output_index":${at},"item_id":"i${at}","delta":"a"}`,
  ),
  calls: response(
    (at) =>
      `{"type":"response.output_item.done","output_index":${at},"item":{"type":"function_call","call_id":"c${at}","name":"f","arguments":"{}"}}`,
  ),
  'pieces of a call': response(
    (_, letter) =>
      `{"type":"response.function_call_arguments.delta","output_index":0,"item_id":"a","delta":"${letter}"}`,
  ),
  responses: response((at) => `{"type":"response.created","response":{"id":"r${at}","model":"m"}}`),
};

const CLAUDE_END = '{"type":"message_stop"}';
const claude = (piece: (at: number, letter: string) => string, block: string): Body =>
  events(
    piece,
    `{"type":"message_delta","delta":{"stop_reason":"end_turn"}}\n\ndata: ${CLAUDE_END}`,
    `{"type":"message_start","message":{"model":"m"}}\n\ndata: {"type":"content_block_start","index":0,"content_block":${block}}`,
  );
const claudeDelta = (index: number, delta: string): string =>
  `{"type":"content_block_delta","index":${index},"delta":${delta}}`;

const ANTHROPIC: Kinds = {
  text: claude((_, letter) => claudeDelta(0, `{"type":"text_delta","text":"${letter}"}`), '{"type":"text"}'),
  thinking: claude(
    (_, letter) => claudeDelta(0, `{"type":"thinking_delta","thinking":"${letter}"}`),
    '{"type":"thinking"}',
  ),
  'pieces of a call': claude(
    (_, letter) => claudeDelta(0, `{"type":"input_json_delta","partial_json":"${letter}"}`),
    '{"type":"tool_use","id":"a","name":"f"}',
  ),
  'whole arguments': claude(
    () => claudeDelta(0, '{"type":"input_json_delta","partial_json":"{}"}'),
    '{"type":"tool_use","id":"a","name":"f"}',
  ),
  blocks: claude(
    (at) =>
      `{"type":"content_block_start","index":${at + 1},"content_block":{"type":"tool_use","id":"t${at}","name":"f","input":{}}}`,
    '{"type":"text"}',
  ),
  'pieces of another block': claude(
    (_, letter) => claudeDelta(0, `{"type":"x_delta","x":"${letter}"}`),
    '{"type":"x"}',
  ),
};

const geminiParts = (parts: string, more = ''): string =>
  `{"candidates":[{"content":{"parts":[${parts}]}${more}}]}`;
const GEMINI_END = geminiParts('{"text":"a"}', ',"finishReason":"STOP"');
const gemini = (piece: (at: number, letter: string) => string): Body =>
  events((at, letter) => geminiParts(piece(at, letter)), GEMINI_END);

const GEMINI: Kinds = {
  text: gemini((_, letter) => `{"text":"${letter}"}`),
  calls: gemini((at) => `{"functionCall":{"name":"f","id":"c${at}","args":{"id":9007199254740993}}}`),
  'calls in one payload': (count) =>
    data(
      geminiParts(list(count, () => '{"functionCall":{"name":"f","args":{"id":9007199254740993}}}', ',')),
    ) + data(GEMINI_END),
  'pieces of arguments': gemini(
    (at, letter) =>
      `{"functionCall":{${at === 0 ? '"name":"f",' : ''}"partialArgs":[{"jsonPath":"$.${letter}","stringValue":"x"}],"willContinue":true}}`,
  ),
  'places of arguments': gemini(
    (at) =>
      `{"functionCall":{${at === 0 ? '"name":"f",' : ''}"partialArgs":[{"jsonPath":"$.a${'[0]'.repeat(at % 9)}.b${at}","numberValue":1}],"willContinue":true}}`,
  ),
  candidates: events(
    (at) => `{"candidates":[{"index":${at},"content":{"parts":[{"text":"a"}]}}]}`,
    GEMINI_END,
  ),
  'elements of one list': (count) =>
    `[${list(count, () => geminiParts('{"text":"a"}'), ',\n')},${GEMINI_END}]`,
};

const OLLAMA_END = '{"done":true,"done_reason":"stop"}\n';
const ollama =
  (piece: (at: number, letter: string) => string): Body =>
  (count, letter) =>
    list(count, (at) => `{"message":{${piece(at, letter)}}}\n`) + OLLAMA_END;

const OLLAMA: Kinds = {
  text: ollama((_, letter) => `"content":"${letter}"`),
  thinking: ollama((_, letter) => `"thinking":"${letter}"`),
  calls: ollama(() => '"tool_calls":[{"function":{"name":"f","arguments":{"id":9007199254740993}}}]'),
  'calls in one line': ollama(() => '"content":"a"'),
  'fields of their own': ollama((at, letter) => `"${letter}${at}":"x"`),
  'braces alone': (count) => list(count, () => '{\n') + OLLAMA_END,
  'lines of one object': (count, letter) =>
    `{\n${list(count, (at) => ` "${letter}${at}": 1`, ',\n')}\n}\n${OLLAMA_END}`,
};

const cohere = (type: string, message: (at: number, letter: string) => string): Body =>
  events(
    (at, letter) => `{"type":"${type}","index":${at},"delta":{"message":${message(at, letter)}}}`,
    '{"type":"message-end","delta":{"finish_reason":"COMPLETE"}}',
    '{"type":"message-start","id":"c"}',
  );

const COHERE: Kinds = {
  text: cohere('content-delta', (_, letter) => `{"content":{"text":"${letter}"}}`),
  calls: cohere(
    'tool-call-start',
    (at) => `{"tool_calls":{"id":"a${at}","function":{"name":"f","arguments":"{}"}}}`,
  ),
  'pieces of a call': cohere(
    'tool-call-delta',
    (_, letter) => `{"tool_calls":{"function":{"arguments":"${letter}"}}}`,
  ),
  citations: cohere(
    'citation-start',
    (at) => `{"citations":{"start":0,"end":1,"text":"a","sources":[{"type":"tool","id":"s${at}"}]}}`,
  ),
};

/** By wire. */
export const BODIES: Readonly<Partial<Record<WireName, Kinds>>> = {
  'openai-chat': CHAT,
  'openai-responses': RESPONSES,
  'anthropic-messages': ANTHROPIC,
  gemini: GEMINI,
  'ollama-chat': OLLAMA,
  'cohere-chat': COHERE,
};

/** Bodies of refusals, which every wire reads by the same reader. */
export const REFUSALS: Kinds = Object.fromEntries(
  [
    ...[
      '<',
      '\u2039',
      '<title',
      '<title>',
      '. ',
      ' ',
      '\n',
      '"',
      '{',
      '[{',
      'a ',
      '1 ',
      '1s ',
      '9',
      '-eyJabcdefghij',
    ],
    ...[
      'try again in 1',
      'context length ',
      'model ',
      'request too large for ',
      'insufficient ',
      'rate limit ',
    ],
    ...['{"error":', 'sk-', 'Bearer ', 'https://a@', 'http://', 'account is ', 'param '],
  ].map((piece) => [
    JSON.stringify(piece),
    (count: number, letter: string) => `${piece.repeat(count)}${letter}`,
  ]),
);
