// Messages → Anthropic's: system apart, roles in turn, everything a block.
import type {
  AssistantMessage,
  Content,
  ContentPart,
  FilePart,
  Message,
  ReasoningDetail,
  ToolCall,
} from '@g4f/core';
import { argumentsOf, partsOf, readDataURL } from './message-content.ts';
import { mergeTurns } from './turns.ts';
import type { Warn } from './wire.ts';

/** By which reasoning that came from this wire is known when it is sent back. */
export const ANTHROPIC_FORMAT = 'anthropic-messages';

interface Turn {
  readonly role: 'user' | 'assistant';
  readonly content: readonly object[];
}

/** All instructions, wherever they stood, as the body's `system`. */
export const encodeSystem = (messages: readonly Message[]): object => {
  const parts = messages.flatMap(({ role, content }) =>
    role === 'system' || role === 'developer' ? partsOf(content) : [],
  );
  const texts = parts.filter((part) => part.type === 'text');
  return texts.length === 0 ? {} : { system: texts };
};

/** The conversation; messages of one role that follow each other become one. */
export const encodeMessages = (messages: readonly Message[], warn: Warn): readonly Turn[] =>
  mergeTurns(
    messages.map((message) => turnOf(message, warn)),
    'content',
  );

function turnOf(message: Message, warn: Warn): Turn | undefined {
  switch (message.role) {
    case 'user':
      return { role: 'user', content: blocksOf(message.content, warn) };
    case 'assistant':
      return { role: 'assistant', content: saidBefore(message, warn) };
    case 'tool':
      return {
        role: 'user',
        content: [
          {
            type: 'tool_result',
            tool_use_id: message.tool_call_id,
            content: blocksOf(message.content, warn),
          },
        ],
      };
    default:
      return undefined;
  }
}

/** What the model said, its signed thinking first: the service asks for it where a tool was called. */
function saidBefore(
  { content, reasoning_details = [], tool_calls = [], refusal }: AssistantMessage,
  warn: Warn,
): object[] {
  const text = content == null && refusal != null ? refusal : content;
  return [
    ...reasoning_details.filter(({ format }) => format === ANTHROPIC_FORMAT).map(thoughtOf),
    ...blocksOf(text, warn),
    ...tool_calls.map((call) => callOf(call, warn)),
  ];
}

const thoughtOf = ({ type, text = '', signature, data }: ReasoningDetail): object =>
  type === 'reasoning.encrypted'
    ? { type: 'redacted_thinking', data }
    : { type: 'thinking', thinking: text, signature };

const callOf = (call: ToolCall, warn: Warn): object => ({
  type: 'tool_use',
  id: call.id,
  name: call.function.name,
  input: argumentsOf(call, warn),
});

/** Blocks of text must hold something. What a part has besides its own fields (`cache_control`) goes along. */
function blocksOf(content: Content | null | undefined, warn: Warn): object[] {
  return partsOf(content).flatMap((part) => {
    const block = blockOf(part, warn);
    return block === undefined ? [] : [block];
  });
}

function blockOf(part: ContentPart, warn: Warn): object | undefined {
  switch (part.type) {
    case 'text':
      return part.text === '' ? undefined : part;
    case 'refusal':
      return { type: 'text', text: part.refusal };
    case 'image_url': {
      const { image_url, ...others } = part;
      return { ...others, type: 'image', source: sourceOf(image_url.url) };
    }
    case 'file':
      return documentOf(part, warn);
    case 'input_audio':
      return void warn('this backend takes no audio: a part of a message was not sent.');
    default:
      // A block of the service's own, such as a search result.
      return part;
  }
}

function sourceOf(url: string): object {
  const inline = readDataURL(url);
  return inline === undefined
    ? { type: 'url', url }
    : { type: 'base64', media_type: inline.mediaType, data: inline.base64 };
}

function documentOf({ file, type: _, ...others }: FilePart, warn: Warn): object | undefined {
  const title = file.filename !== undefined && { title: file.filename };
  if (file.file_id !== undefined)
    return { ...others, type: 'document', source: { type: 'file', file_id: file.file_id }, ...title };
  const inline = readDataURL(file.file_data ?? '');
  if (inline === undefined && !/^https?:/.test(file.file_data ?? ''))
    return void warn(`the file ${file.filename ?? ''} has neither a data URL nor an id: not sent.`);
  if (inline?.mediaType.startsWith('text/')) {
    const data = new TextDecoder().decode(Uint8Array.from(atob(inline.base64), (one) => one.charCodeAt(0)));
    return {
      ...others,
      type: 'document',
      source: { type: 'text', media_type: 'text/plain', data },
      ...title,
    };
  }
  return { ...others, type: 'document', source: sourceOf(file.file_data ?? ''), ...title };
}
