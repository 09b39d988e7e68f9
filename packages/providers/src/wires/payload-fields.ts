// How a decoder reads the fields of the payload at hand: text of any JSON type, and parts of it with their digits as written.
import type { Asked } from '../http/failure.ts';
import { writeJson } from '../http/json-text.ts';
import { exactPart } from './exact-json.ts';
import { readTextValue } from './text-value.ts';

/** The fields of one payload after the other. */
export class PayloadFields {
  readonly #asked: Asked;
  #payload: unknown;
  #text: string | undefined;

  constructor(asked: Asked) {
    this.#asked = asked;
  }

  /** Sets the payload at hand, and the text it was parsed from. Nothing is kept while more is waited for: call it without. */
  use(payload?: unknown, text?: string): void {
    this.#payload = payload;
    this.#text = text;
  }

  /** A field of text, '' where it says nothing. @throws G4FError `bad-response` where it cannot be read */
  textOf(value: unknown): string {
    return typeof value === 'string' ? value : readTextValue(value, this.#asked);
  }

  /** A part of the payload, with numbers that parsing rounds as `parseExactly` marks them. */
  exact(part: unknown): unknown {
    return exactPart(part, this.#payload, this.#text);
  }

  /** A call's arguments as text: an object or a list as JSON with its digits as written, text as it stands. */
  argumentsOf(value: unknown): string {
    return typeof value === 'object' && value !== null ? writeJson(this.exact(value)) : this.textOf(value);
  }
}
