// Messages → the input items of a response. Source: https://platform.openai.com/docs/api-reference/responses/create#responses-create-input
import type { AssistantMessage, Content, ContentPart, Message, ReasoningDetail } from '@g4f/core';
import { partsOf, textOf } from './message-content.ts';
import type { Warn } from './wire.ts';

/** By which reasoning that came from this wire is known when it is sent back. */
export const RESPONSES_FORMAT = 'openai-responses';

/** The conversation; one message becomes several items where it holds reasoning or calls. */
export const encodeInput = (messages: readonly Message[], warn: Warn): readonly object[] =>
  messages.flatMap((message) => itemsOf(message, warn));

function itemsOf(message: Message, warn: Warn): readonly object[] {
  switch (message.role) {
    case 'assistant':
      return saidBefore(message, warn);
    case 'tool':
      return [
        {
          type: 'function_call_output',
          call_id: message.tool_call_id,
          output: outputOf(message.content, warn),
        },
      ];
    default:
      return [{ role: message.role, content: contentOf(message.content, warn) }];
  }
}

function saidBefore(
  { content, refusal, reasoning_details = [], tool_calls = [] }: AssistantMessage,
  warn: Warn,
): object[] {
  if (partsOf(content).some(({ type }) => type !== 'text' && type !== 'refusal'))
    warn('only the text of what the assistant said before can be sent back: its other parts are left out.');
  const text = textOf(content) || refusal;
  return [
    ...reasoning_details.filter(({ format }) => format === RESPONSES_FORMAT).map(thoughtOf),
    ...(text ? [{ role: 'assistant', content: text }] : []),
    ...tool_calls.map(({ id, function: { name, arguments: args } }) => ({
      type: 'function_call',
      call_id: id,
      name,
      arguments: args,
    })),
  ];
}

const thoughtOf = ({ id, data, summary }: ReasoningDetail): object => ({
  type: 'reasoning',
  ...(id !== undefined && { id }),
  summary: summary === undefined ? [] : [{ type: 'summary_text', text: summary }],
  encrypted_content: data,
});

const contentOf = (content: Content, warn: Warn): string | readonly object[] =>
  typeof content === 'string' ? content : partsOf(content).map((part) => partOf(part, warn));

/** What a function returned: text, or parts where there are pictures among them. */
const outputOf = (content: Content, warn: Warn): string | readonly object[] =>
  partsOf(content).every(({ type }) => type === 'text') ? textOf(content) : contentOf(content, warn);

function partOf(part: ContentPart, warn: Warn): object {
  switch (part.type) {
    case 'text':
      return { type: 'input_text', text: part.text };
    case 'refusal':
      return { type: 'input_text', text: part.refusal };
    case 'image_url': {
      const { url, detail } = part.image_url;
      return { type: 'input_image', image_url: url, ...(detail !== undefined && { detail }) };
    }
    case 'file':
      if (part.file.file_data === undefined && part.file.file_id === undefined)
        warn(`the file ${part.file.filename ?? ''} has neither data nor an id.`);
      return { type: 'input_file', ...part.file };
    default:
      return part;
  }
}
