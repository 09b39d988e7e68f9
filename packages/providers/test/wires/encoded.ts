// What a wire makes of a request, and what it warns of; the request is frozen, so that a change of it throws.
import type { ChatRequest, Message } from '@g4f/core';
import { writeJson } from '../../src/http/text/json-text.ts';
import type { ChatWire } from '../../src/wires/wire.ts';

const frozen = <T>(value: T): T => {
  if (typeof value === 'object' && value !== null) Object.values(Object.freeze(value)).forEach(frozen);
  return value;
};

export const user = (content: Message['content'] & {}): Message => ({ role: 'user', content }) as Message;

/** The text of the body, as it crosses the network, and the warnings. */
export const encodedText = (wire: ChatWire, given: Partial<ChatRequest>, model = 'm') => {
  const warnings: string[] = [];
  const request = frozen({ model, messages: [user('hi')], stream: true, ...given });
  const body = wire.endpoints.chat.encode(request, {}, (message) => warnings.push(message));
  return { text: writeJson(body), warnings };
};

/** The body and the warnings. */
export const encoded = (wire: ChatWire, given: Partial<ChatRequest>, model = 'm') => {
  const { text, warnings } = encodedText(wire, given, model);
  return { body: JSON.parse(text), warnings };
};

/** A conversation with everything in it that wires must translate. */
export const CONVERSATION: readonly Message[] = [
  { role: 'system', content: 'Be brief.' },
  {
    role: 'user',
    content: [
      { type: 'text', text: 'What is this?' },
      { type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA' } },
    ],
  },
  {
    role: 'assistant',
    content: 'Let me look.',
    tool_calls: [
      { id: 'c1', type: 'function', function: { name: 'look', arguments: '{"at":"it"}' } },
      { id: 'c2', type: 'function', function: { name: 'wait', arguments: '' } },
    ],
  },
  { role: 'tool', tool_call_id: 'c1', content: '{"seen":"a cat"}' },
  { role: 'tool', tool_call_id: 'c2', content: 'done' },
  { role: 'developer', content: 'In German.' },
  { role: 'user', content: 'So?' },
];

export const TOOL = {
  type: 'function',
  function: { name: 'look', description: 'Looks', parameters: { type: 'object', properties: {} } },
} as const;
export const SCHEMA = { type: 'object', properties: { n: { type: 'number' } } } as const;
export const JSON_SCHEMA = { type: 'json_schema', json_schema: { name: 'n', schema: SCHEMA } } as const;
