// Messages → Anthropic's: system apart, roles in turn, everything a block, and of every block the documented fields only.
// Source: https://platform.claude.com/docs/en/api/messages/create
import type { ReasoningDetail } from '@g4f/core';
import type { IdRule } from '../fit/call-ids.ts';
import { readDataURL } from '../fit/data-url.ts';
import { invalid } from '../fit/invalid.ts';
import type {
  FitAssistant,
  FitCall,
  FitContent,
  FitMessage,
  FitPart,
  FitResult,
  KnownPart,
} from '../fit/message.ts';
import { argumentsOf, partsOf, pick } from '../fit/message-content.ts';
import { mergeTurns } from '../fit/turns.ts';
import type { Warn } from '../fit/warn.ts';
import { addressOrBytes } from '../media/bare-data.ts';
import { encodeEach, nothingToSay } from '../media/left-out.ts';
import { summariesOf } from './compaction.ts';
import { pausedBlocks, pausedTurn } from './paused.ts';

/** By which reasoning that came from this wire is known when it is sent back. */
export const ANTHROPIC_FORMAT = 'anthropic-messages';

/** What it takes of ids. Source: the pattern in its reference. */
export const ANTHROPIC_IDS: IdRule = { length: 64, foreign: /[^a-zA-Z0-9_-]/ };

/** A turn of the conversation. */
export interface ClaudeTurn {
  readonly role: 'user' | 'assistant';
  readonly content: readonly object[];
}

const TEXT_FIELDS = ['cache_control', 'citations'] as const;
const MEDIA_FIELDS = ['cache_control', 'citations', 'context', 'title'] as const;

/** All instructions, wherever they stood, as the body's `system`. */
export const encodeSystem = (messages: readonly FitMessage[]): object => {
  const texts = messages
    .flatMap(({ role, content }) => (role === 'system' || role === 'developer' ? partsOf(content) : []))
    .flatMap((part) => (part.type === 'text' ? textBlock(part.text, part) : []));
  return texts.length === 0 ? {} : { system: texts };
};

/**
 * The conversation; messages of one role that follow each other become one.
 * @param takes whether it may end with words of the assistant, which the answer goes on with, and whether summaries that the
 *   service made go back to it.
 * @throws G4FError `invalid-request` if nothing is left to be said, or of what is asked.
 */
export const encodeMessages = (
  messages: readonly FitMessage[],
  takes: { readonly continues: boolean; readonly summaries: boolean },
  warn: Warn,
): readonly ClaudeTurn[] => {
  const each = encodeEach<ClaudeTurn | undefined>(
    messages,
    {
      service: 'Anthropic',
      encode: (message, told, at) =>
        turnOf(message, told, { isLast: at === messages.length - 1, summaries: takes.summaries }),
    },
    warn,
  );
  const turns = withoutLastThoughts(mergeTurns(each, 'content'));
  if (turns.length === 0 && messages.length > 0) throw nothingToSay(messages);
  return endingsOf(turns, takes.continues, warn);
};

/** Of a message: whether it ends the conversation, and whether the summaries in it go along. */
interface MessagePlace {
  readonly isLast: boolean;
  readonly summaries: boolean;
}

function turnOf(message: FitMessage, warn: Warn, place: MessagePlace): ClaudeTurn | undefined {
  switch (message.role) {
    case 'user':
      return { role: 'user', content: blocksOf(message.content, warn) };
    case 'assistant':
      return { role: 'assistant', content: saidBefore(message, warn, place) };
    case 'tool':
      return { role: 'user', content: [resultOf(message, warn)] };
    default:
      return undefined;
  }
}

const resultOf = ({ id, content, beside }: FitResult, warn: Warn): object => ({
  type: 'tool_result',
  tool_use_id: id,
  content: blocksOf(content, warn),
  ...pick(beside, ['is_error', 'cache_control']),
});

/** What the model said, its signed thinking first: the service asks for it where a tool was called. */
function saidBefore(message: FitAssistant, warn: Warn, { isLast, summaries }: MessagePlace): object[] {
  const thoughts = message.details.flatMap(thoughtOf);
  const calls = message.calls.map((call) => callOf(call, warn));
  const textOf = (text: string): object[] => blocksOf(text, warn);
  const paused = isLast ? pausedTurn(message, { thoughts, calls, textOf }) : undefined;
  if (paused !== undefined) return paused;
  return [
    // The service puts them first, and passes over all that stands before them.
    ...(summaries && !isLast ? summariesOf(message) : []),
    ...thoughts,
    ...blocksOf(message.content, warn),
    ...calls,
    ...(isLast ? pausedBlocks(message) : []),
  ];
}

/** Its own only, and what is signed or sealed: a thought that was cut before its signature is refused. */
function thoughtOf({ type, format, text, signature, data }: ReasoningDetail): object[] {
  if (format !== ANTHROPIC_FORMAT) return [];
  if (type === 'reasoning.encrypted') return data == null ? [] : [{ type: 'redacted_thinking', data }];
  return signature == null ? [] : [{ type: 'thinking', thinking: text ?? '', signature }];
}

const callOf = (call: FitCall, warn: Warn): object => ({
  type: 'tool_use',
  id: call.id,
  name: call.name,
  input: argumentsOf(call, warn),
});

const blocksOf = (content: FitContent, warn: Warn): object[] =>
  partsOf(content).flatMap((part) => blockOf(part, warn));

function blockOf(part: FitPart, warn: Warn): object[] {
  switch (part.type) {
    case 'text':
      return textBlock(part.text, part);
    case 'refusal':
      return textBlock(part.refusal, part);
    case 'image_url':
      return [
        {
          type: 'image',
          source: sourceOf(addressOrBytes(part.image_url.url) ?? part.image_url.url),
          ...pick(part.beside, MEDIA_FIELDS),
        },
      ];
    case 'file':
      return documentOf(part, warn);
    case 'input_audio':
      warn('this provider takes no audio: a part of a message was not sent.');
      return [];
    default:
      // A block of the service's own, such as a search result.
      return [part.part];
  }
}

/** Blanks alone are refused. */
const textBlock = (text: string, { beside }: KnownPart): object[] =>
  text.trim() === '' ? [] : [{ type: 'text', text, ...pick(beside, TEXT_FIELDS) }];

function sourceOf(url: string): object {
  const inline = readDataURL(url);
  return inline === undefined
    ? { type: 'url', url }
    : { type: 'base64', media_type: inline.mediaType, data: inline.base64 };
}

function documentOf(part: KnownPart & { readonly type: 'file' }, warn: Warn): object[] {
  const { file_data: data = '', file_id, filename } = part.file;
  const fields = { ...(filename !== undefined && { title: filename }), ...pick(part.beside, MEDIA_FIELDS) };
  const document = (source: object): object[] => [{ type: 'document', source, ...fields }];
  if (file_id !== undefined) return document({ type: 'file', file_id });
  const url = addressOrBytes(data) ?? '';
  const inline = readDataURL(url);
  if (inline === undefined && !/^https?:/.test(url)) {
    warn(`the file ${filename ?? ''} has neither a data URL nor an id: not sent.`);
    return [];
  }
  if (inline?.mediaType.startsWith('text/'))
    return document({ type: 'text', media_type: 'text/plain', data: textIn(inline.base64) });
  return document(sourceOf(url));
}

/** @throws G4FError `invalid-request` for what is no base64. */
function textIn(base64: string): string {
  try {
    return new TextDecoder().decode(Uint8Array.from(atob(base64), (one) => one.charCodeAt(0)));
  } catch {
    throw invalid('file_data', 'a data URL with base64 inside', base64);
  }
}

const isThought = (block: object): boolean => 'type' in block && /thinking$/.test(String(block.type));

/** A conversation cannot end with a thought; before its end it may: https://github.com/router-for-me/CLIProxyAPI/issues/5321 */
function withoutLastThoughts(turns: readonly ClaudeTurn[]): readonly ClaudeTurn[] {
  const last = turns.at(-1);
  if (last?.role !== 'assistant') return turns;
  const content = last.content.slice(0, last.content.findLastIndex((block) => !isThought(block)) + 1);
  if (content.length === last.content.length) return turns;
  return [...turns.slice(0, -1), ...(content.length > 0 ? [{ ...last, content }] : [])];
}

/** What the assistant said last is gone on with by the answer, and must not end in blanks; where it cannot be, the user asks for it. */
function endingsOf(turns: readonly ClaudeTurn[], continues: boolean, warn: Warn): readonly ClaudeTurn[] {
  const last = turns.at(-1);
  const block = last?.content.at(-1);
  if (
    last?.role !== 'assistant' ||
    block === undefined ||
    !('text' in block) ||
    typeof block.text !== 'string'
  )
    return turns;
  if (!continues) {
    warn('this model does not go on with what the assistant said last: the user asks it to continue.');
    return [...turns, { role: 'user', content: [{ type: 'text', text: 'Continue.' }] }];
  }
  const text = block.text.trimEnd();
  return [...turns.slice(0, -1), { ...last, content: [...last.content.slice(0, -1), { ...block, text }] }];
}
