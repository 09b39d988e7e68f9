// Messages → those of a chat completion, with the fields that every such service documents, and what one has besides by its facts.
// Source: https://platform.openai.com/docs/api-reference/chat/create
import type { IdRule } from './fit/call-ids.ts';
import { fitConversation } from './fit/conversation.ts';
import { mediaAfterResults } from './fit/media-after-results.ts';
import type { FitAssistant, FitCall, FitContent, FitMessage, FitPart } from './fit/message.ts';
import { inTurnOrder } from './fit/turn-order.ts';
import { asObject, asText } from './json.ts';
import { argumentsText, pick, textOf } from './message-content.ts';
import type { MessageQuirks, Warn } from './wire.ts';

/** OpenAI's own; most take longer ones. */
const IDS: IdRule = { length: 40, mayRepeat: true };

/** The messages that this service takes. @throws G4FError `invalid-request` naming the field that cannot be read. */
export const encodeChatMessages = (
  messages: unknown,
  quirks: MessageQuirks,
  warn: Warn,
): readonly object[] => {
  const { callIds = IDS, resultMedia = false } = quirks;
  const fit = fitConversation(messages, { callIds }, warn);
  const ordered = inTurnOrder(resultMedia ? fit : mediaAfterResults(fit), quirks, warn);
  const called = ordered.some((message) => message.role === 'assistant' && message.calls.length > 0);
  const encoded = ordered.map((message) => encodeMessage(message, called, quirks, warn));
  const last = ordered.at(-1);
  if (quirks.continuesBy === undefined || last?.role !== 'assistant' || last.calls.length > 0) return encoded;
  return [...encoded.slice(0, -1), { ...encoded.at(-1), [quirks.continuesBy]: true }];
};

function encodeMessage(message: FitMessage, called: boolean, quirks: MessageQuirks, warn: Warn): object {
  const { role, content } = message;
  const name = asText(message.beside.name);
  const named = quirks.noNames !== true && name !== undefined && { name };
  switch (role) {
    case 'assistant':
      return { ...encodeAssistant(message, called, quirks, warn), ...named };
    case 'tool':
      return { role, tool_call_id: message.id, content: encodeContent(content, quirks, warn) };
    case 'developer':
    case 'system':
      return {
        role: quirks.developer ? role : 'system',
        content: encodeContent(content, quirks, warn),
        ...named,
      };
    default:
      return { role, content: encodeContent(content, quirks, warn), ...named };
  }
}

function encodeAssistant(message: FitAssistant, called: boolean, quirks: MessageQuirks, warn: Warn): object {
  const { content, calls, details, beside } = message;
  const { fields = [], detailsOf } = quirks;
  const said = encodeContent(withoutMedia(content, warn), quirks, warn);
  const audio = fields.includes('audio') ? asText(asObject(beside.audio)?.id) : undefined;
  const own = detailsOf?.(details) ?? [];
  return {
    role: 'assistant',
    content: said.length === 0 && calls.length > 0 ? null : said,
    ...reasoningOf(message, called, quirks),
    ...pick(beside, fields),
    ...(fields.includes('audio') && { audio: audio === undefined ? undefined : { id: audio } }),
    ...(own.length > 0 && { reasoning_details: own }),
    ...(calls.length > 0 && { tool_calls: calls.map((call) => encodeCall(call, quirks, warn)) }),
  };
}

/** A service that wants its reasoning back refuses calls without; of those that others made there may be none. */
function reasoningOf({ reasoning, calls }: FitAssistant, called: boolean, quirks: MessageQuirks): object {
  switch (quirks.reasoningContent) {
    case 'after-calls':
      return called ? { reasoning_content: reasoning } : {};
    case 'with-calls':
      return calls.length > 0 ? { reasoning_content: reasoning || ' ' } : {};
    case 'kept-with-calls':
      return calls.length > 0 && reasoning !== '' ? { reasoning_content: reasoning } : {};
    default:
      return {};
  }
}

function encodeCall(
  call: FitCall,
  { customTools = false, callFields = [] }: MessageQuirks,
  warn: Warn,
): object {
  const { id, name, custom, beside } = call;
  if (custom && customTools) return { id, type: 'custom', custom: { name, input: call.arguments } };
  return {
    id,
    type: 'function',
    function: { name, arguments: argumentsText(call, warn) },
    ...pick(beside, callFields),
  };
}

/** Of the assistant's words only text goes back: pictures it made are the user's to send. */
function withoutMedia(content: FitContent, warn: Warn): FitContent {
  if (typeof content === 'string') return content;
  const kept = content.filter(({ type }) => type === 'text' || type === 'refusal' || type === 'own');
  if (kept.length < content.length)
    warn('only the text of what the assistant said before can be sent back: its other parts are left out.');
  return kept.length === 0 ? '' : kept;
}

function encodeContent(content: FitContent, quirks: MessageQuirks, warn: Warn): string | readonly object[] {
  if (typeof content === 'string') return content;
  if (!quirks.plainText) return content.map((part) => encodePart(part, quirks));
  const texts = content.filter(({ type }) => type === 'text' || type === 'refusal');
  if (texts.length < content.length) warn('this backend takes text only: a part of a message was not sent.');
  return texts.map((part) => textOf([part])).join('\n');
}

function encodePart(part: FitPart, { partFields = [] }: MessageQuirks): object {
  switch (part.type) {
    case 'text':
      return { type: 'text', text: part.text, ...pick(part.beside, partFields) };
    case 'refusal':
      return { type: 'text', text: part.refusal };
    case 'own':
      return part.part;
    default: {
      const { beside, ...known } = part;
      return { ...known, ...pick(beside, partFields) };
    }
  }
}
