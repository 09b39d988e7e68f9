// The calls of one Gemini candidate: each comes whole, or as a name, pieces of arguments, and an end.
// Source: https://ai.google.dev/api/caching#FunctionCall
import type { StreamEvent } from '@g4f/core';
import type { Asked } from '../http/failure.ts';
import { writeJson } from '../http/json-text.ts';
import { createPartialArguments, type PartialArguments } from './gemini-partial-arguments.ts';
import { asObject, asText, itemsOf } from './json.ts';
import type { PayloadFields } from './payload-fields.ts';
import { unreadable } from './text-value.ts';

interface OpenCall {
  readonly id: string;
  readonly name: string;
  readonly args: PartialArguments;
}

/** Hands a call out when it is whole. */
export class GeminiCalls {
  readonly #prefix: string;
  readonly #asked: Asked;
  readonly #fields: PayloadFields;
  readonly #at: { readonly choice: number } | undefined;
  #count = 0;
  #open: OpenCall | undefined;

  /** @param prefix of the ids of calls that have none. @param at which choice they are of, if not the first. */
  constructor(
    prefix: string,
    asked: Asked,
    fields: PayloadFields,
    at: { readonly choice: number } | undefined,
  ) {
    this.#prefix = prefix;
    this.#asked = asked;
    this.#fields = fields;
    this.#at = at;
  }

  /** How many have been handed out. */
  get count(): number {
    return this.#count;
  }

  /** @returns the id of the call. @throws G4FError `bad-response` for arguments of nobody knows what */
  read(value: unknown, events: StreamEvent[]): string | undefined {
    const fn = asObject(value);
    if (fn === undefined) throw unreadable(value, this.#asked);
    const name = asText(fn.name);
    if (name !== undefined) {
      this.close(events);
      const id = asText(fn.id) ?? `${this.#prefix}-${this.#count}`;
      if (fn.willContinue !== true && fn.partialArgs === undefined) {
        this.#call(id, name, this.#fields.argumentsOf(fn.args), events);
        return id;
      }
      this.#open = { id, name, args: createPartialArguments() };
    }
    const pieces = itemsOf(fn.partialArgs);
    if ((pieces.length > 0 && this.#open === undefined) || (name === undefined && fn.args != null))
      throw unreadable(fn, this.#asked);
    for (const piece of pieces) this.#open?.args.add(asObject(this.#fields.exact(piece)) ?? {});
    const id = this.#open?.id;
    if (fn.willContinue !== true) this.close(events);
    return id;
  }

  /** Hands out the call that has begun. */
  close(events: StreamEvent[]): void {
    if (this.#open === undefined) return;
    const { id, name, args } = this.#open;
    this.#open = undefined;
    this.#call(id, name, writeJson(args.value()), events);
  }

  /** Forgets the call that has begun. */
  drop(): void {
    this.#open = undefined;
  }

  #call(id: string, name: string, text: string, events: StreamEvent[]): void {
    const key = String(this.#count);
    this.#count += 1;
    events.push({ type: 'tool-call-delta', key, id, name, arguments: text || '{}', ...this.#at });
  }
}
