// The calls of one Gemini candidate: each comes whole, or as a name, pieces of arguments, and an end.
// Source: https://ai.google.dev/api/caching#FunctionCall
import { LIMITS, type StreamEvent, tooMany, truncated } from '@g4f/core';
import type { RequestFacts } from '../../http/failures/failure.ts';
import { requestIdOf } from '../../http/failures/request-id.ts';
import { asObject, asText, itemsOf, type Json } from '../decoding/json.ts';
import type { PayloadFields } from '../decoding/payload-fields.ts';
import { textKey } from '../decoding/text-key.ts';
import { unreadable } from '../decoding/text-value.ts';
import { PartialArguments } from './partial-arguments.ts';

const SAYS_NOTHING: ReadonlySet<string> = new Set(['', '{}']);

interface OpenGeminiCall {
  readonly id: string | undefined;
  readonly name: string;
  readonly args: PartialArguments;
}

/** What the calls of one candidate need of its answer. */
interface CallContext {
  readonly asked: RequestFacts;
  readonly headers: Readonly<Record<string, string>>;
  readonly fields: PayloadFields;
}

/**
 * Hands a call out when the service says that it is whole. Before that it is none: of `{"path": "/"` the rest may be missing.
 * An id names one call: the same call again is a repetition.
 */
export class GeminiCalls {
  readonly #prefix: string;
  readonly #of: CallContext;
  readonly #at: { readonly choice: number } | undefined;
  /** Of those with an id of the service's, what was called. */
  readonly #told = new Map<string, string>();
  #count = 0;
  #open: OpenGeminiCall | undefined;

  /** @param prefix of the ids of calls that have none. @param at which choice they are of, if not the first. */
  constructor(prefix: string, of: CallContext, at: { readonly choice: number } | undefined) {
    this.#prefix = prefix;
    this.#of = of;
    this.#at = at;
  }

  /** How many have been handed out. */
  get count(): number {
    return this.#count;
  }

  /**
   * @returns the id of the call.
   * @throws G4FError `bad-response` for arguments of nobody knows what, `stream-truncated` where a call begins and another is
   *   not whole
   */
  read(value: unknown, events: StreamEvent[]): string | undefined {
    const fn = asObject(value);
    if (fn === undefined) throw this.#unreadable(value);
    const name = asText(fn.name);
    const id = asText(fn.id);
    // Only what ends a call leaves its name out.
    if (name === undefined && this.#open === undefined && (fn.name != null || id !== undefined))
      throw this.#unreadable(fn);
    if (name !== undefined && !this.#goesOn(name, id)) {
      this.end();
      if (fn.willContinue !== true && fn.partialArgs === undefined)
        return this.#call(id, name, this.#of.fields.argumentsOf(fn.args), events);
      this.#open = { id, name, args: new PartialArguments() };
    }
    return this.#readPieces(fn, events);
  }

  /** @throws G4FError `stream-truncated` if a call has begun and is not whole */
  end(): void {
    const { asked, headers } = this.#of;
    if (this.#open !== undefined)
      throw truncated(asked.provider, { model: asked.model, requestId: requestIdOf(headers) });
  }

  /** Whether the name is said once more of the call that is open. */
  #goesOn(name: string, id: string | undefined): boolean {
    const open = this.#open;
    return open !== undefined && open.name === name && (id === undefined || id === open.id);
  }

  #readPieces(fn: Json, events: StreamEvent[]): string | undefined {
    const open = this.#open;
    const pieces = itemsOf(fn.partialArgs);
    const hasWhole = !SAYS_NOTHING.has(this.#of.fields.argumentsOf(fn.args));
    if (open === undefined && pieces.length === 0 && !hasWhole) return undefined;
    const isOfAnother = fn.id != null && open?.id !== undefined && fn.id !== open.id;
    if (open === undefined || hasWhole || isOfAnother) throw this.#unreadable(fn);
    for (const piece of pieces) {
      const exact = asObject(this.#of.fields.exact(piece)) ?? {};
      this.#of.fields.keep(exact.stringValue);
      this.#of.fields.keep(exact.jsonPath);
      if (!open.args.add(exact)) throw this.#unreadable(piece);
    }
    if (fn.willContinue === true) return open.id ?? this.#nextId;
    this.#open = undefined;
    return this.#call(open.id, open.name, open.args.toText(), events);
  }

  get #nextId(): string {
    return `${this.#prefix}-${this.#count}`;
  }

  #call(given: string | undefined, name: string, text: string, events: StreamEvent[]): string {
    const id = given ?? this.#nextId;
    const key = textKey(given);
    const what = `${name} ${text}`;
    const told = key === undefined ? undefined : this.#told.get(key);
    if (told === what) return id;
    if (told !== undefined) throw this.#unreadable({ id, name, args: text });
    if (this.#count === LIMITS.toolCalls)
      throw tooMany('tool calls in one choice', LIMITS.toolCalls, this.#of.asked);
    if (key !== undefined) this.#told.set(key, what);
    const number = String(this.#count);
    this.#count += 1;
    events.push({ type: 'tool-call-delta', key: number, id, name, arguments: text || '{}', ...this.#at });
    return id;
  }

  #unreadable(value: unknown): Error {
    return unreadable(value, this.#of.asked);
  }
}
