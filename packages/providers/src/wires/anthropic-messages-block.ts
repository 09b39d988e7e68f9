// One block of an Anthropic message, over all its pieces: text, thinking, a call, or anything the service adds.
// Source: https://platform.claude.com/docs/en/build-with-claude/streaming#content-block-delta-types
import type { ReasoningDetail, StreamEvent } from '@g4f/core';
import { parseShown } from '../http/json-text.ts';
import type { AnswerText } from './answer-text.ts';
import { ANTHROPIC_FORMAT } from './anthropic-messages-content.ts';
import { CallArguments } from './call-arguments.ts';
import { asList, asObject, asText, type Json, otherFields } from './json.ts';
import type { PayloadFields } from './payload-fields.ts';

/** What a block holds, and what a piece is of. */
export type BlockKind = 'text' | 'thinking' | 'call' | 'other';

/** Reads the pieces of one block. */
export interface Block {
  readonly kind: BlockKind;
  /** Adds what it begins with. */
  open(events: StreamEvent[]): void;
  /** Adds one more piece of it. */
  add(delta: Json, events: StreamEvent[]): void;
  /** Adds what is known only at its end. */
  close(events: StreamEvent[]): void;
  /** Whether it is a call whose arguments are not whole. */
  isCutCall(): boolean;
}

/** What the blocks of one answer share. */
export interface OfAnswer {
  readonly fields: PayloadFields;
  readonly text: AnswerText;
}

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

/** @param key tells its call from others. */
export const createBlock = (key: string, content: Json, of: OfAnswer): Block => {
  switch (content.type) {
    case 'text':
      return new TextBlock(content, of);
    case 'thinking':
    case 'redacted_thinking':
      return new ThoughtBlock(content, of);
    case 'tool_use':
      return new CallBlock(key, content, of);
    case undefined:
      return content.text == null ? new OtherBlock(content, of) : new TextBlock(content, of);
    default:
      return new OtherBlock(content, of);
  }
};

class TextBlock implements Block {
  readonly kind = 'text';
  readonly #content: Json;
  readonly #of: OfAnswer;

  constructor(content: Json, of: OfAnswer) {
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
    this.#of.text.say(this.#of.fields.textOf(value), events);
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
  readonly #of: OfAnswer;
  #text = '';
  #signature: string | undefined;

  constructor(content: Json, of: OfAnswer) {
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

const KNOWN_IN_CALL: ReadonlySet<string> = new Set(['type', 'id', 'name', 'input']);

class CallBlock implements Block {
  readonly kind = 'call';
  readonly #key: string;
  readonly #content: Json;
  readonly #of: OfAnswer;
  readonly #arguments = new CallArguments();

  constructor(key: string, content: Json, of: OfAnswer) {
    this.#key = key;
    this.#content = content;
    this.#of = of;
  }

  open(events: StreamEvent[]): void {
    const content = this.#content;
    const id = asText(content.id);
    const name = asText(content.name);
    const others = otherFields(content, KNOWN_IN_CALL);
    events.push({
      type: 'tool-call-delta',
      key: this.#key,
      ...(id !== undefined && { id }),
      ...(name !== undefined && { name }),
      ...(others !== undefined && { extra: { delta: { content_parts: [this.#of.fields.shown(content)] } } }),
    });
    // Whole arguments at the beginning are said again by the pieces, if there are any: these count.
    if (content.input != null) this.#arguments.hold(this.#of.fields.argumentsOf(content.input));
  }

  add(delta: Json, events: StreamEvent[]): void {
    this.#argue(this.#arguments.add(this.#of.fields.argumentsOf(delta.partial_json)), events);
  }

  close(events: StreamEvent[]): void {
    this.#argue(this.#arguments.end(), events);
  }

  isCutCall(): boolean {
    return this.#arguments.isCut;
  }

  #argue(piece: string, events: StreamEvent[]): void {
    if (piece !== '') events.push({ type: 'tool-call-delta', key: this.#key, arguments: piece });
  }
}

/** What we have no event for (a search of the service's own, its result, a summary) is kept whole. */
class OtherBlock implements Block {
  readonly kind = 'other';
  readonly #of: OfAnswer;
  readonly #whole: Record<string, unknown>;
  #input = '';

  constructor(content: Json, of: OfAnswer) {
    this.#whole = { ...of.fields.shown(content) };
    this.#of = of;
  }

  open(): void {}

  add(delta: Json): void {
    const { type: _, partial_json, ...others } = this.#of.fields.shown(delta);
    this.#input += this.#of.fields.textOf(partial_json);
    this.#of.fields.keep(partial_json);
    for (const [name, value] of Object.entries(others)) {
      this.#of.fields.keep(value);
      if (value == null) continue;
      const old = this.#whole[name];
      this.#whole[name] = typeof old === 'string' && typeof value === 'string' ? old + value : value;
    }
  }

  close(events: StreamEvent[]): void {
    if (this.#input !== '') this.#whole.input = parseShown(this.#input) ?? this.#input;
    if (Object.keys(this.#whole).length > 0)
      events.push({ type: 'aside', extra: { delta: { content_parts: [this.#whole] } } });
  }

  isCutCall(): boolean {
    return false;
  }
}
