// Messages → those of a chat completion, with the fields that every such service documents, and what one has besides by its facts.
// Source: https://platform.openai.com/docs/api-reference/chat/create

import { asObject, asText, type Json } from '../decoding/json.ts';
import type { IdRule } from '../fit/call-ids.ts';
import { fitConversation } from '../fit/conversation.ts';
import { mediaAfterResults } from '../fit/media-after-results.ts';
import type { FitAssistant, FitCall, FitContent, FitMessage, FitPart } from '../fit/message.ts';
import { argumentsText, pick, textOf } from '../fit/message-content.ts';
import type { MessageQuirks } from '../fit/message-quirks.ts';
import { inTurnOrder } from '../fit/turn-order.ts';
import type { Warn } from '../fit/warn.ts';

/** OpenAI's own; most take longer ones. */
const IDS: IdRule = { length: 40, mayRepeat: true };

/** Where the messages go, and what of them has no place there. */
interface Destination {
  /** Undefined where nothing is known of the service. */
  readonly known: MessageQuirks | undefined;
  readonly quirks: MessageQuirks;
  readonly lost: Set<string>;
  readonly warn: Warn;
}

/** Fields of answers that come back with them: services refuse them, or take no notice. */
const OF_ANSWERS: ReadonlySet<string> = new Set([
  ...['annotations', 'citations', 'search_results', 'images', 'content_parts', 'tool_plan', 'audio', 'usage'],
  ...[
    'refusal',
    'paused_turn',
    'executed_tools',
    'logprobs',
    'finish_reason',
    'index',
    'parsed',
    'parsed_arguments',
  ],
]);

/** The messages that this service takes. @throws G4FError `invalid-request` naming the field that cannot be read. */
export const encodeChatMessages = (
  messages: unknown,
  known: MessageQuirks | undefined,
  warn: Warn,
): readonly object[] => {
  const to: Destination = { known, quirks: known ?? {}, lost: new Set(), warn };
  const { callIds = IDS, resultMedia = false, continuesBy, noNames } = to.quirks;
  const fit = fitConversation(messages, { callIds, names: !noNames }, warn);
  const ordered = inTurnOrder(resultMedia ? fit : mediaAfterResults(fit), to.quirks, warn);
  const called = ordered.some((message) => message.role === 'assistant' && message.calls.length > 0);
  const encoded = ordered.map((message) => encodeMessage(message, called, to));
  if (to.lost.size > 0) warn(`the messages have no place for ${[...to.lost].join(', ')} here: not sent.`);
  const last = ordered.at(-1);
  if (continuesBy === undefined || last?.role !== 'assistant' || last.calls.length > 0) return encoded;
  return [...encoded.slice(0, -1), { ...encoded.at(-1), [continuesBy]: true }];
};

/** Those of the fields that go along: of an answer's own none that the service does not document. */
function fieldsOf(beside: Json, taken: readonly string[], { known, lost }: Destination): Json {
  const others = Object.keys(beside).filter(
    (name) => !taken.includes(name) && !OF_ANSWERS.has(name) && beside[name] != null,
  );
  if (known === undefined) return pick(beside, [...taken, ...others]);
  for (const name of others) lost.add(name);
  return pick(beside, taken);
}

function encodeMessage(message: FitMessage, called: boolean, to: Destination): object {
  const { role, content, beside } = message;
  const { developer = false, noNames = false } = to.quirks;
  const { name, ...others } = beside;
  // A result has had a name in the past, and the service knows it by its call.
  const named = asText(name) !== undefined && !noNames && (role !== 'tool' || to.known === undefined);
  const speaker = named ? { name } : {};
  switch (role) {
    case 'assistant':
      return { ...encodeAssistant(message, others, called, to), ...speaker };
    case 'tool':
      return {
        role,
        tool_call_id: message.id,
        content: encodeContent(content, to),
        ...fieldsOf(others, [], to),
        ...speaker,
      };
    default:
      return {
        role: role === 'developer' && !developer ? 'system' : role,
        content: encodeContent(content, to),
        ...fieldsOf(others, [], to),
        ...speaker,
      };
  }
}

function encodeAssistant(message: FitAssistant, beside: Json, called: boolean, to: Destination): object {
  const { content, calls, details } = message;
  const { fields = [], detailsOf } = to.quirks;
  const said = encodeContent(withoutMedia(content, to), to);
  const audio = asText(asObject(beside.audio)?.id);
  const own = detailsOf?.(details) ?? [];
  return {
    role: 'assistant',
    content: said.length === 0 && calls.length > 0 ? null : said,
    ...reasoningOf(message, called, to.quirks),
    ...fieldsOf(beside, fields, to),
    ...(fields.includes('audio') && { audio: audio === undefined ? undefined : { id: audio } }),
    ...(own.length > 0 && { reasoning_details: own }),
    ...(calls.length > 0 && { tool_calls: calls.map((call) => encodeCall(call, to)) }),
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

function encodeCall(call: FitCall, to: Destination): object {
  const { id, name, custom, beside } = call;
  const { customTools = false, callFields = [] } = to.quirks;
  if (custom && customTools) return { id, type: 'custom', custom: { name, input: call.arguments } };
  const fn = { name, arguments: argumentsText(call, to.warn) };
  // What was put into a call is its maker's: others would neither miss nor take it.
  const fields = to.known === undefined ? fieldsOf(beside, callFields, to) : pick(beside, callFields);
  return { id, type: 'function', function: fn, ...fields };
}

/** Of the assistant's words only text goes back: pictures it made are the user's to send. */
function withoutMedia(content: FitContent, { warn }: Destination): FitContent {
  if (typeof content === 'string') return content;
  const kept = content.filter(({ type }) => type === 'text' || type === 'refusal' || type === 'own');
  if (kept.length < content.length) warn('only the text of what the assistant said is sent back.');
  return kept.length === 0 ? '' : kept;
}

function encodeContent(content: FitContent, to: Destination): string | readonly object[] {
  if (typeof content === 'string') return content;
  if (!to.quirks.plainText) return content.map((part) => encodePart(part, to));
  const texts = content.filter(({ type }) => type === 'text' || type === 'refusal');
  if (texts.length < content.length) to.warn('this provider takes text only: a part was not sent.');
  return texts.map((part) => textOf([part])).join('\n');
}

function encodePart(part: FitPart, to: Destination): object {
  if (part.type === 'own') return part.part;
  const { beside, ...known } = part;
  const fields = fieldsOf(beside, to.quirks.partFields ?? [], to);
  return known.type === 'refusal' ? { type: 'text', text: known.refusal } : { ...known, ...fields };
}
