// The calls of an Anthropic message: blocks with the pieces of their arguments, each handed out once.
// Source: https://platform.claude.com/docs/en/build-with-claude/streaming#input-json-delta
import type { StreamEvent } from '@g4f/core';
import { CallArguments } from '../decoding/call-arguments.ts';
import { asText, type Json, otherFields } from '../decoding/json.ts';
import { textKey } from '../decoding/text-key.ts';
import { malformedAnswer, unreadable } from '../decoding/text-value.ts';
import type { Block, BlockContext, RepeatableCall } from './block-context.ts';

/** @param key tells the call from others. */
export const createCall = (key: string, content: Json, of: BlockContext): Block => {
  const id = textKey(asText(content.id));
  const first = id === undefined ? undefined : of.calls.get(id);
  if (first !== undefined) return new RepeatedCall(first, content, of);
  const call = new CallBlock(key, content, of);
  if (id !== undefined) of.calls.set(id, call);
  return call;
};

const KNOWN_IN_CALL: ReadonlySet<string> = new Set(['type', 'id', 'name', 'input']);

/** The pieces of one call; what it is given whole at its beginning counts only if no pieces follow. */
class CallBlock implements RepeatableCall {
  readonly kind = 'call';
  readonly #key: string;
  readonly #content: Json;
  readonly #of: BlockContext;
  readonly #arguments = new CallArguments();

  constructor(key: string, content: Json, of: BlockContext) {
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

  /** @throws G4FError `bad-response` if whole arguments were followed by more, or no function is named */
  close(events: StreamEvent[]): void {
    if (asText(this.#content.name) === undefined)
      throw malformedAnswer('a call of no function', this.#of.asked);
    if (this.#arguments.isBroken) throw unreadable(this.#content, this.#of.asked);
    this.#argue(this.#arguments.end(), events);
  }

  isCutCall(): boolean {
    return this.#arguments.isCut;
  }

  isRepeatedBy(text: string): boolean {
    return this.#arguments.isRepeatedBy(text);
  }

  #argue(piece: string, events: StreamEvent[]): void {
    if (piece !== '') events.push({ type: 'tool-call-delta', key: this.#key, arguments: piece });
  }
}

/** A call that was sent before, by its id: handed out once. With other arguments nobody knows which of them are meant. */
class RepeatedCall implements Block {
  readonly kind = 'call';
  readonly #first: RepeatableCall;
  readonly #content: Json;
  readonly #of: BlockContext;
  #text = '';

  constructor(first: RepeatableCall, content: Json, of: BlockContext) {
    this.#first = first;
    this.#content = content;
    this.#of = of;
  }

  open(): void {}

  add(delta: Json): void {
    this.#text += this.#of.fields.argumentsOf(delta.partial_json);
  }

  close(): void {
    const text = this.#text || this.#of.fields.argumentsOf(this.#content.input);
    if (text !== '' && text !== '{}' && !this.#first.isRepeatedBy(text))
      throw unreadable(this.#content, this.#of.asked);
  }

  isCutCall(): boolean {
    return false;
  }
}
