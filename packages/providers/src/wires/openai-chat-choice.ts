// One choice of a chat completion, over all its payloads: text, reasoning, tool calls, finish.
import type { Extra, StreamEvent } from '@g4f/core';
import { toFinishReason } from './finish-reason.ts';
import { asList, asNumber, asObject, asText, type Json, otherFields } from './json.ts';
import { ThinkSplitter, type ThoughtOrText } from './think-tags.ts';
import { createToolKeys, type ToolKeys } from './tool-keys.ts';

type Finish = Extract<StreamEvent, { type: 'finish' }>;

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
const FAILED: ReadonlySet<string> = new Set([
  ...['error', 'abort', 'aborted', 'cancelled', 'canceled', 'timeout'],
  // DeepSeek, Zhipu.
  ...['insufficient_system_resource', 'network_error'],
]);

/** Reads the pieces of one choice. */
export class ChoiceDecoder {
  readonly index: number;
  readonly #fail: (value: unknown) => never;
  /** Choice 0 is the default and stays out of the events. */
  readonly #at: { readonly choice: number } | undefined;
  readonly #splitter = new ThinkSplitter();
  #toolKey: ToolKeys | undefined;
  /** Held back until nothing more can come: some services go on after it, with the model's next message. */
  #finish: Finish | undefined;

  /** @param fail throws the error that a failed choice reports. */
  constructor(index: number, fail: (value: unknown) => never) {
    this.index = index;
    this.#fail = fail;
    this.#at = index === 0 ? undefined : { choice: index };
  }

  finished(): boolean {
    return this.#finish !== undefined;
  }

  /** Adds the events of this piece. */
  read(choice: Json, events: StreamEvent[]): void {
    const first = events.length;
    const delta = asObject(choice.delta) ?? asObject(choice.message);
    if (delta !== undefined) {
      const reasoning = asText(delta.reasoning_content) ?? asText(delta.reasoning);
      if (reasoning !== undefined) this.#push('reasoning-delta', reasoning, events);
      if (delta.content != null) this.#readContent(delta.content, events);
      if (delta.tool_calls != null) for (const call of asList(delta.tool_calls)) this.#readCall(call, events);
    }
    // The older completions, which some services still answer with, have no delta.
    else if (typeof choice.text === 'string') this.#readContent(choice.text, events);
    if (events.length > first) this.#finish = undefined;
    attachExtra(choice, delta, events, first, this.#at);
    const raw = asText(choice.finish_reason);
    if (raw !== undefined && FAILED.has(raw.toLowerCase()))
      this.#fail(choice.error == null ? { error: `the answer ended with "${raw}"` } : choice);
    if (raw === undefined || raw === 'null') return;
    this.abandon(events);
    this.#finish ??= this.#finishedBy(raw);
  }

  /** Adds what is still missing at the good end of a stream that named no finish reason. */
  close(events: StreamEvent[]): void {
    this.abandon(events);
    events.push(this.#finish ?? this.#finishedBy(undefined));
  }

  /** Adds the text that was held back, at a bad end. */
  abandon(events: StreamEvent[]): void {
    this.#say(events, this.#splitter.flush());
  }

  // Written out rather than spread: this runs once per chunk, and a spread costs as much as all the rest of it.
  #push(type: 'text-delta' | 'reasoning-delta', text: string, events: StreamEvent[]): void {
    events.push(this.index === 0 ? { type, text } : { type, text, choice: this.index });
  }

  #say(events: StreamEvent[], parts: readonly ThoughtOrText[]): void {
    for (const { kind, text } of parts) {
      if (text !== '') this.#push(kind === 'text' ? 'text-delta' : 'reasoning-delta', text, events);
    }
  }

  #readText(text: string, events: StreamEvent[]): void {
    if (this.#splitter.passes(text)) this.#push('text-delta', text, events);
    else this.#say(events, this.#splitter.push(text));
  }

  #readContent(content: unknown, events: StreamEvent[]): void {
    if (typeof content === 'string') {
      if (content !== '') this.#readText(content, events);
      return;
    }
    for (const item of asList(content)) {
      const part = asObject(item);
      const text = asText(part?.text);
      // Mistral's reasoning: {type: "thinking", thinking: [{type: "text", text}]}.
      for (const thought of asList(part?.thinking)) {
        const thinking = asText(asObject(thought)?.text);
        if (thinking !== undefined) this.#push('reasoning-delta', thinking, events);
      }
      if (text !== undefined) this.#readText(text, events);
      else if (part !== undefined && part.thinking === undefined) this.#readOtherPart(part, events);
    }
  }

  /** A picture, or something we have no event for (Mistral's references): it reaches the chunk under `content_parts`. */
  #readOtherPart(part: Json, events: StreamEvent[]): void {
    const url = asText(asObject(part.image_url)?.url);
    if (url !== undefined) events.push({ type: 'media', mediaType: mediaTypeOf(url), url, ...this.#at });
    else if (part.type !== 'text')
      events.push({ type: 'aside', extra: { delta: { content_parts: [part] } }, ...this.#at });
  }

  #readCall(item: unknown, events: StreamEvent[]): void {
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
    this.#toolKey ??= createToolKeys();
    events.push({
      type: 'tool-call-delta',
      key: this.#toolKey(piece),
      ...(piece.id !== undefined && { id: piece.id }),
      ...(piece.name !== undefined && { name: piece.name }),
      ...(piece.arguments !== undefined && { arguments: piece.arguments }),
      ...this.#at,
    });
  }

  #finishedBy(raw: string | undefined): Finish {
    const hasCalled = this.#toolKey !== undefined;
    const reason = raw === undefined ? (hasCalled ? 'tool_calls' : 'stop') : toFinishReason(raw);
    return { type: 'finish', reason, ...(raw !== undefined && { rawReason: raw }), ...this.#at };
  }
}

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
