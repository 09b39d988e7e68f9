// One choice of a chat completion, over all its payloads: text, reasoning, tool calls, finish.
import type { Extra, StreamEvent } from '@g4f/core';
import { toFinishReason } from './finish-reason.ts';
import { asList, asNumber, asObject, asText, type Json, otherFields } from './json.ts';
import { createThinkSplitter, type ThoughtOrText } from './think-tags.ts';
import { createToolKeys } from './tool-keys.ts';

type Finish = Extract<StreamEvent, { type: 'finish' }>;

/** Reads the pieces of one choice. */
export interface ChoiceDecoder {
  finished(): boolean;
  /** Adds the events of this piece. */
  read(choice: Json, events: StreamEvent[]): void;
  /** Adds what is still missing at the good end of a stream that named no finish reason. */
  close(events: StreamEvent[]): void;
  /** Adds the text that was held back, at a bad end. */
  abandon(events: StreamEvent[]): void;
}

const KNOWN_IN_CHOICE: ReadonlySet<string> = new Set([
  ...['index', 'delta', 'message', 'finish_reason', 'usage', 'text'],
]);
const KNOWN_IN_DELTA: ReadonlySet<string> = new Set([
  'role',
  'content',
  'reasoning',
  'reasoning_content',
  'tool_calls',
]);
/** Reasons that are failures: the answer was given up in the middle. */
const FAILED: ReadonlySet<string> = new Set(['error', 'abort', 'insufficient_system_resource']);

/**
 * Long because its readers share one state: what is held back, called, and finished.
 *
 * @param fail throws the error that a failed choice reports.
 */
export const createChoiceDecoder = (index: number, fail: (value: unknown) => never): ChoiceDecoder => {
  const splitter = createThinkSplitter();
  const toolKey = createToolKeys();
  // Choice 0 is the default and stays out of the events.
  const at = index === 0 ? undefined : { choice: index };
  // Held back until nothing more can come: some services go on after it, with the model's next message.
  let finish: Finish | undefined;
  let called = false;

  // Written out rather than spread: this runs once per chunk, and a spread costs as much as all the rest of it.
  const push = (type: 'text-delta' | 'reasoning-delta', text: string, events: StreamEvent[]): void => {
    events.push(index === 0 ? { type, text } : { type, text, choice: index });
  };

  const say = (events: StreamEvent[], parts: readonly ThoughtOrText[]): void => {
    for (const { kind, text } of parts) {
      if (text !== '') push(kind === 'text' ? 'text-delta' : 'reasoning-delta', text, events);
    }
  };

  const readText = (text: string, events: StreamEvent[]): void => {
    if (splitter.passes(text)) push('text-delta', text, events);
    else say(events, splitter.push(text));
  };

  /** A picture, or something we have no event for (Mistral's references): it reaches the chunk under `content_parts`. */
  const readOtherPart = (part: Json, events: StreamEvent[]): void => {
    const url = asText(asObject(part.image_url)?.url);
    if (url !== undefined) events.push({ type: 'media', mediaType: mediaTypeOf(url), url, ...at });
    else if (part.type !== 'text')
      events.push({ type: 'aside', extra: { delta: { content_parts: [part] } }, ...at });
  };

  const readContent = (content: unknown, events: StreamEvent[]): void => {
    if (typeof content === 'string') {
      if (content !== '') readText(content, events);
      return;
    }
    for (const item of asList(content)) {
      const part = asObject(item);
      const text = asText(part?.text);
      // Mistral's reasoning: {type: "thinking", thinking: [{type: "text", text}]}.
      for (const thought of asList(part?.thinking)) {
        const thinking = asText(asObject(thought)?.text);
        if (thinking !== undefined) push('reasoning-delta', thinking, events);
      }
      if (text !== undefined) readText(text, events);
      else if (part !== undefined && part.thinking === undefined) readOtherPart(part, events);
    }
  };

  const readCall = (item: unknown, events: StreamEvent[]): void => {
    const call = asObject(item);
    const fn = asObject(call?.function);
    if (call === undefined) return;
    const given = fn?.arguments;
    const piece = {
      index: asNumber(call.index),
      id: asText(call.id),
      name: asText(fn?.name),
      arguments: typeof given === 'object' && given !== null ? JSON.stringify(given) : asText(given),
    };
    if (piece.id === undefined && piece.name === undefined && piece.arguments === undefined) return;
    called = true;
    events.push({
      type: 'tool-call-delta',
      key: toolKey(piece),
      ...(piece.id !== undefined && { id: piece.id }),
      ...(piece.name !== undefined && { name: piece.name }),
      ...(piece.arguments !== undefined && { arguments: piece.arguments }),
      ...at,
    });
  };

  const finishedBy = (raw: string | undefined): Finish => {
    const reason = raw === undefined ? (called ? 'tool_calls' : 'stop') : toFinishReason(raw);
    return { type: 'finish', reason, ...(raw !== undefined && { rawReason: raw }), ...at };
  };

  return {
    finished() {
      return finish !== undefined;
    },
    read(choice, events) {
      const first = events.length;
      const delta = asObject(choice.delta) ?? asObject(choice.message);
      if (delta !== undefined) {
        const reasoning = asText(delta.reasoning_content) ?? asText(delta.reasoning);
        if (reasoning !== undefined) push('reasoning-delta', reasoning, events);
        if (delta.content != null) readContent(delta.content, events);
        if (delta.tool_calls != null) for (const call of asList(delta.tool_calls)) readCall(call, events);
      }
      // The older completions, which some services still answer with, have no delta.
      else if (typeof choice.text === 'string') readContent(choice.text, events);
      if (events.length > first) finish = undefined;
      attachExtra(choice, delta, events, first, at);
      const raw = asText(choice.finish_reason);
      if (raw !== undefined && FAILED.has(raw))
        fail(choice.error == null ? { error: `the answer ended with "${raw}"` } : choice);
      if (raw === undefined || raw === 'null') return;
      say(events, splitter.flush());
      finish ??= finishedBy(raw);
    },
    close(events) {
      say(events, splitter.flush());
      events.push(finish ?? finishedBy(undefined));
    },
    abandon(events) {
      say(events, splitter.flush());
    },
  };
};

/** From a `data:` URL; an address elsewhere does not tell it. */
const mediaTypeOf = (url: string): string => /^data:([^;,]+)/.exec(url)?.[1] ?? 'image/*';

/** Puts the fields that have no event of their own on the first event of this piece, or on one of their own. */
function attachExtra(
  choice: Json,
  delta: Json | undefined,
  events: StreamEvent[],
  first: number,
  at: { readonly choice: number } | undefined,
): void {
  const besideDelta = otherFields(choice, KNOWN_IN_CHOICE);
  const inDelta = delta === undefined ? undefined : otherFields(delta, KNOWN_IN_DELTA);
  if (besideDelta === undefined && inDelta === undefined) return;
  const extra: Extra = {
    ...(besideDelta !== undefined && { choice: besideDelta }),
    ...(inDelta !== undefined && { delta: inDelta }),
  };
  const event: { extra?: Extra } | undefined = events[first];
  if (event === undefined || event.extra !== undefined) events.push({ type: 'aside', extra, ...at });
  else event.extra = extra;
}
