// Messages → the input items of a response. Source: https://platform.openai.com/docs/api-reference/responses/create#responses-create-input
import type { ReasoningDetail } from '@g4f/core';
import type { IdRule } from '../fit/call-ids.ts';
import type { FitAssistant, FitCall, FitContent, FitMessage, FitPart } from '../fit/message.ts';
import { argumentsText, mediaOf, textOf } from '../fit/message-content.ts';
import type { Warn } from '../fit/warn.ts';
import { encodeEach } from '../media/left-out.ts';

/** By which reasoning that came from this wire is known when it is sent back. */
export const RESPONSES_FORMAT = 'openai-responses';

/** What it takes of the ids of calls. */
export const RESPONSES_IDS: IdRule = { length: 64, mayRepeat: true };

/**
 * The conversation; one message becomes several items where it holds reasoning or calls.
 * @throws G4FError `invalid-request` if nothing is left of what is asked.
 */
export const encodeInput = (messages: readonly FitMessage[], warn: Warn): readonly object[] => {
  const calls = messages.flatMap((one) => (one.role === 'assistant' ? one.calls : []));
  const custom = new Set(calls.flatMap((call) => (call.custom ? call.id : [])));
  return encodeEach(
    messages,
    {
      service: 'this provider',
      encode: (message, told) => itemsOf(message, custom, told),
    },
    warn,
  ).flat();
};

/** @param custom ids of calls of custom tools, whose results have a type of their own. */
function itemsOf(message: FitMessage, custom: ReadonlySet<string>, warn: Warn): readonly object[] {
  switch (message.role) {
    case 'assistant':
      return saidBefore(message, warn);
    case 'tool':
      return [
        {
          type: custom.has(message.id) ? 'custom_tool_call_output' : 'function_call_output',
          call_id: message.id,
          output: outputOf(message.content, warn),
        },
      ];
    default:
      return [{ role: message.role, content: contentOf(message.content, warn) }];
  }
}

function saidBefore({ content, details, calls }: FitAssistant, warn: Warn): object[] {
  if (mediaOf(content).length > 0) warn('only the text of what the assistant said is sent back.');
  const text = textOf(content);
  // Reasoning is refused without the words or the calls that it led to.
  if (text === '' && calls.length === 0) return [];
  return [
    ...details.flatMap(thoughtOf),
    ...(text !== '' ? [{ role: 'assistant', content: text }] : []),
    ...calls.map((call) => callOf(call, warn)),
  ];
}

const callOf = (call: FitCall, warn: Warn): object =>
  call.custom
    ? { type: 'custom_tool_call', call_id: call.id, name: call.name, input: call.arguments }
    : { type: 'function_call', call_id: call.id, name: call.name, arguments: argumentsText(call, warn) };

const thoughtOf = ({ format, id, data, summary }: ReasoningDetail): object[] =>
  format === RESPONSES_FORMAT && (data ?? id) != null
    ? [
        {
          type: 'reasoning',
          ...(id !== undefined && { id }),
          summary: summary == null ? [] : [{ type: 'summary_text', text: summary }],
          encrypted_content: data,
        },
      ]
    : [];

const contentOf = (content: FitContent, warn: Warn): string | readonly object[] =>
  typeof content === 'string' ? content : content.flatMap((part) => partOf(part, warn));

/** What a function returned: text, or parts where there are pictures among them. */
const outputOf = (content: FitContent, warn: Warn): string | readonly object[] =>
  mediaOf(content).length === 0 ? textOf(content) : contentOf(content, warn);

function partOf(part: FitPart, warn: Warn): object | readonly [] {
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
    case 'input_audio':
      // It stands in no list of parts of the published document.
      warn('this provider takes no audio: a part of a message was not sent.');
      return [];
    default:
      return part.part;
  }
}
