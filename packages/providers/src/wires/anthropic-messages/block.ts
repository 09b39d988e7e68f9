// One block of an Anthropic message, over all its pieces: text, thinking, a call, or anything the service adds.
// Source: https://platform.claude.com/docs/en/build-with-claude/streaming#content-block-delta-types
import type { ReasoningDetail, StreamEvent } from '@g4f/core';
import type { TextSlot } from '../../http/reading/repeated-text.ts';
import { parseExactly, parseJson, writeJson } from '../../http/text/json-text.ts';
import { asList, asObject, asText, type Json } from '../decoding/json.ts';
import type { Block, BlockContext } from './block-context.ts';
import type { BlockKind } from './block-order.ts';
import { createCall } from './call.ts';
import { ANTHROPIC_FORMAT } from './content.ts';

/** What a block is taken for whose beginning was lost on the way. */
export const CONTENT_OF_KIND: Readonly<Record<Exclude<BlockKind, 'call'>, Json>> = {
  text: { type: 'text' },
  thinking: { type: 'thinking' },
  other: {},
};

const KIND_OF_PIECE: ReadonlyMap<unknown, BlockKind> = new Map([
  ['text_delta', 'text'],
  ['citations_delta', 'text'],
  ['thinking_delta', 'thinking'],
  ['signature_delta', 'thinking'],
  ['input_json_delta', 'call'],
]);

/** What a piece is of: by its own type, by that of its block where nobody knows its own, and then by what it holds. */
export const kindOfPiece = (delta: Json, block: Block | undefined): BlockKind => {
  const kind = KIND_OF_PIECE.get(delta.type);
  if (kind !== undefined) return kind;
  if (block?.kind === 'other') return 'other';
  if (delta.text != null) return 'text';
  if (delta.thinking != null || delta.signature != null) return 'thinking';
  return delta.partial_json == null ? 'other' : 'call';
};

/** `delta.text` of a piece of text. */
export function textIn(json: unknown): TextSlot | undefined {
  const delta = asObject(asObject(json)?.delta);
  return delta?.type === 'text_delta' ? { object: delta, name: 'text' } : undefined;
}

/** Whether the block has a place for a piece of that kind. */
export const takes = (block: Block, kind: BlockKind): boolean =>
  block.kind === kind || (block.kind === 'other' && kind === 'call');

/** @param key tells its call from others. */
export const createBlock = (key: string, content: Json, of: BlockContext): Block => {
  switch (content.type) {
    case 'text':
      return new TextBlock(content, of);
    case 'thinking':
    case 'redacted_thinking':
      return new ThoughtBlock(content, of);
    case 'tool_use':
      return createCall(key, content, of);
    case undefined:
      return content.text == null ? new OtherBlock(content, of) : new TextBlock(content, of);
    default:
      return new OtherBlock(content, of);
  }
};

class TextBlock implements Block {
  readonly kind = 'text';
  readonly #content: Json;
  readonly #of: BlockContext;

  constructor(content: Json, of: BlockContext) {
    this.#content = content;
    this.#of = of;
  }

  open(events: StreamEvent[]): void {
    this.#say(this.#content.text, events);
    for (const citation of asList(this.#content.citations)) cite(asObject(citation), events);
  }

  add(delta: Json, events: StreamEvent[]): void {
    this.#say(delta.text, events);
    if (delta.citation != null) cite(asObject(delta.citation), events);
  }

  close(): void {}

  isCutCall(): boolean {
    return false;
  }

  #say(value: unknown, events: StreamEvent[]): void {
    const text = this.#of.fields.textOf(value);
    this.#of.order.addText(text.length);
    this.#of.text.say(text, events);
  }
}

/** A page has an address; a place in a document of the caller's has none, and goes along as it is. */
function cite(citation: Json | undefined, events: StreamEvent[]): void {
  if (citation === undefined) return;
  const url = asText(citation.url);
  const title = asText(citation.title);
  if (url === undefined) events.push({ type: 'aside', extra: { delta: { citations: [citation] } } });
  else events.push({ type: 'source', url, ...(title !== undefined && { title }) });
}

/** The service wants its thinking back as it was, signed. */
class ThoughtBlock implements Block {
  readonly kind = 'thinking';
  readonly #content: Json;
  readonly #of: BlockContext;
  #text = '';
  #signature: string | undefined;

  constructor(content: Json, of: BlockContext) {
    this.#content = content;
    this.#of = of;
    this.#signature = asText(content.signature);
  }

  open(events: StreamEvent[]): void {
    this.#think(this.#content.thinking, events);
  }

  add(delta: Json, events: StreamEvent[]): void {
    this.#think(delta.thinking ?? delta.text, events);
    this.#signature = asText(delta.signature) ?? this.#signature;
  }

  close(events: StreamEvent[]): void {
    const detail = this.#detail();
    if (detail !== undefined)
      events.push({ type: 'aside', extra: { delta: { reasoning_details: [detail] } } });
  }

  isCutCall(): boolean {
    return false;
  }

  #think(value: unknown, events: StreamEvent[]): void {
    const text = this.#of.fields.textOf(value);
    if (text === '') return;
    this.#text += text;
    this.#of.text.think(text, events);
  }

  #detail(): ReasoningDetail | undefined {
    const data = asText(this.#content.data);
    if (data !== undefined) return { type: 'reasoning.encrypted', format: ANTHROPIC_FORMAT, data };
    if (this.#signature === undefined) return undefined;
    return {
      type: 'reasoning.text',
      format: ANTHROPIC_FORMAT,
      text: this.#text,
      signature: this.#signature,
    };
  }
}

/**
 * What we have no event for (a search of the service's own, its result, a summary) is kept whole. Input with digits that a
 * number would lose stays text, as the service wrote it: a paused turn is sent back with it.
 */
class OtherBlock implements Block {
  readonly kind = 'other';
  readonly #of: BlockContext;
  readonly #whole: Record<string, unknown>;
  #input = '';

  constructor(content: Json, of: BlockContext) {
    this.#whole = { ...of.fields.shown(content) };
    this.#of = of;
    if (asObject(content.input) !== undefined)
      this.#whole.input = inputOf(of.fields.argumentsOf(content.input));
  }

  open(): void {}

  add(delta: Json): void {
    const { type: _, partial_json, ...others } = this.#of.fields.shown(delta);
    this.#input += this.#of.fields.argumentsOf(delta.partial_json);
    this.#of.fields.keep(partial_json);
    for (const [name, value] of Object.entries(others)) {
      this.#of.fields.keep(value);
      if (value == null) continue;
      const old = this.#whole[name];
      this.#whole[name] = typeof old === 'string' && typeof value === 'string' ? old + value : value;
    }
  }

  close(events: StreamEvent[]): void {
    if (this.#input !== '') this.#whole.input = inputOf(this.#input);
    if (Object.keys(this.#whole).length > 0)
      events.push({ type: 'aside', extra: { delta: { content_parts: [this.#whole] } } });
  }

  isCutCall(): boolean {
    return false;
  }
}

/** What is no JSON, or is nested too deeply, stays text as well. */
function inputOf(text: string): unknown {
  const value = parseJson(text);
  if (value === undefined) return text;
  return writeJson(parseExactly(text)) === writeJson(value) ? value : text;
}
