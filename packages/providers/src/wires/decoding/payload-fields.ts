// How a decoder reads the fields of the payload at hand: text of any JSON type, and parts of it with their digits as written.
import { LIMITS } from '@g4f/core';
import type { RequestFacts } from '../../http/failures/failure.ts';
import { KEPT_PIECE, tooMuchToKeep } from '../../http/reading/kept.ts';
import { exactParts, parseShown, withoutMarks, writeJson } from '../../http/text/json-text.ts';
import { asObject, type Json } from './json.ts';
import { readTextValue } from './text-value.ts';

/** The fields of one payload after the other. */
export class PayloadFields {
  readonly #asked: RequestFacts;
  #payload: unknown;
  #text: string | undefined;
  #kept = 0;
  /** Read once, and only where somebody asks. */
  #exact: ReadonlyMap<unknown, unknown> | undefined;

  constructor(asked: RequestFacts) {
    this.#asked = asked;
  }

  /** Sets the payload at hand, and the text it was parsed from. Nothing is kept while more is waited for: call it without. */
  use(payload?: unknown, text?: string): void {
    this.#payload = payload;
    this.#text = text;
    this.#exact = undefined;
  }

  /** Counts what is kept until the end of a block or a call. @throws G4FError `bad-response` above `LIMITS.keptCharacters` */
  keep(value: unknown): void {
    this.#kept += KEPT_PIECE + (typeof value === 'string' ? value.length : 0);
    if (this.#kept > LIMITS.keptCharacters) throw tooMuchToKeep(this.#asked);
  }

  /** A field of text, '' where it says nothing, numbers as they were written. @throws G4FError `bad-response` where it cannot be read */
  textOf(value: unknown): string {
    if (typeof value === 'string') return value;
    return value == null ? '' : withoutMarks(readTextValue(this.exact(value), this.#asked));
  }

  /** A part of the payload, with numbers that parsing rounds as `parseExactly` marks them. */
  exact(part: unknown): unknown {
    if (this.#text === undefined) return part;
    this.#exact ??= exactParts(this.#payload, this.#text);
    return this.#exact.get(part) ?? part;
  }

  /** An object of the payload as the reader gets it: a number that JavaScript would round is the text of its digits. */
  shown(part: Json): Json {
    const exact = this.exact(part);
    return exact === part ? part : (asObject(parseShown(writeJson(exact))) ?? part);
  }

  /** A call's arguments as text: an object or a list as JSON with its digits as written, text as it stands. */
  argumentsOf(value: unknown): string {
    return typeof value === 'object' && value !== null ? writeJson(this.exact(value)) : this.textOf(value);
  }
}
