// LangChain's messages in OpenAI's shapes.
import { G4FError } from '@g4f/client';
import type { ContentPart, Message, ToolCall } from '@g4f/core';
import { AIMessage, type BaseMessage, ChatMessage, ToolMessage } from '@langchain/core/messages';

/** The messages. @throws G4FError `invalid-request` for a message, or a part of one, that has no place in a chat */
export const toMessages = (messages: readonly BaseMessage[]): Message[] => messages.map(toMessage);

function toMessage(message: BaseMessage): Message {
  const { name } = message;
  const named = name === undefined ? {} : { name };
  if (AIMessage.isInstance(message)) return { ...assistantMessage(message), ...named };
  if (ToolMessage.isInstance(message))
    return { role: 'tool', tool_call_id: message.tool_call_id, content: contentOf(message) };
  if (message.type === 'human') return { role: 'user', content: contentOf(message), ...named };
  const role = ChatMessage.isInstance(message) ? message.role : message.type;
  if (role === 'system' || role === 'developer' || role === 'user')
    return { role, content: contentOf(message), ...named };
  if (role === 'assistant') return { role, content: contentOf(message), ...named };
  throw unsupported(`a message of the type "${role}"`);
}

/** What the model said, with what its service wants back, as `to-ai-message.ts` has kept it. */
function assistantMessage(message: AIMessage): Message {
  const { additional_kwargs: kept, tool_calls = [], invalid_tool_calls = [] } = message;
  const calls = [
    ...tool_calls.map(({ id, name, args }) =>
      callOf(id, name, JSON.stringify(args), fieldsOf(kept.tool_call_fields, id)),
    ),
    // The results of these are what tells the model; a call without an id has none.
    ...invalid_tool_calls
      .filter(({ id }) => id)
      .map(({ id, name = '', args = '' }) => callOf(id, name, args, fieldsOf(kept.tool_call_fields, id))),
  ];
  const { reasoning_content: reasoning, reasoning_details: details } = kept;
  const content = contentOf(message);
  return {
    role: 'assistant',
    content: content.length === 0 && calls.length > 0 ? null : content,
    ...(typeof reasoning === 'string' && { reasoning }),
    ...(Array.isArray(details) && { reasoning_details: details }),
    ...(calls.length > 0 && { tool_calls: calls }),
  };
}

const callOf = (id = '', name: string, args: string, fields?: object): ToolCall => ({
  ...fields,
  id,
  type: 'function',
  function: { name, arguments: args },
});

const fieldsOf = (fields: unknown, id = ''): object | undefined => {
  const found: unknown = Object.hasOwn(Object(fields), id) ? Object(fields)[id] : undefined;
  return typeof found === 'object' && found !== null ? found : undefined;
};

function contentOf({ content }: BaseMessage): string | ContentPart[] {
  return typeof content === 'string' ? content : content.flatMap((block) => partsOf({ ...block }));
}

/** Calls stand beside the content, and reasoning in another form, so these blocks say nothing more. */
const TOLD_ELSEWHERE = new Set([
  'tool_call',
  'tool_call_chunk',
  'invalid_tool_call',
  'tool_use',
  'input_json_delta',
  'reasoning',
  'thinking',
]);

/** A block: OpenAI's own form as it is, LangChain's (`{ type: 'image', url | data, mimeType }`) translated. */
function partsOf(block: Readonly<Record<string, unknown>>): readonly ContentPart[] {
  const { type, text, image_url: image, input_audio: sound, file } = block;
  if (TOLD_ELSEWHERE.has(String(type))) return [];
  if (typeof text === 'string') return [{ type: 'text', text }];
  if (typeof image === 'string') return [{ type: 'image_url', image_url: { url: image } }];
  if (image !== undefined) return [{ type: 'image_url', image_url: Object(image) }];
  if (sound !== undefined) return [{ type: 'input_audio', input_audio: Object(sound) }];
  if (file !== undefined) return [{ type: 'file', file: Object(file) }];
  return [mediaOf(block)];
}

function mediaOf(block: Readonly<Record<string, unknown>>): ContentPart {
  const { type, url, data } = block;
  const kind = String(block.mimeType ?? block.mime_type ?? (type === 'image' ? 'image/png' : ''));
  const base64 = data instanceof Uint8Array ? Buffer.from(data).toString('base64') : data;
  if (type === 'image' && typeof url === 'string') return { type: 'image_url', image_url: { url } };
  if (typeof base64 === 'string') {
    const address = `data:${kind};base64,${base64}`;
    if (type === 'image') return { type: 'image_url', image_url: { url: address } };
    if (type === 'audio')
      return { type: 'input_audio', input_audio: { data: base64, format: soundOf(kind) } };
    if (type === 'file') return { type: 'file', file: { file_data: address } };
  }
  throw unsupported(`a content block of the type "${String(type)}" without its bytes`);
}

const soundOf = (kind: string): string => {
  const format = kind.replace(/^audio\/(x-)?/, '');
  return format === 'mpeg' || format === '' ? 'mp3' : format;
};

const unsupported = (what: string): G4FError =>
  new G4FError(`ChatG4F: ${what} cannot be sent in a chat. Leave it out, or give it as text.`, {
    code: 'invalid-request',
  });
