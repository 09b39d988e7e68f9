// The arguments of one tool call, joined from the pieces that name it.
import { parseJson } from '../http/json-text.ts';

/** What a service sends first where the arguments follow, and alone where there are none. */
const NONE = /^\s*\{\s*\}\s*$/;

/**
 * Joins the pieces. `{}` sent first is held back, because it is dropped when others follow; and a piece equal to the whole
 * so far is a repetition, if that is JSON: a piece `1` after `{"n":1` is none.
 */
export class CallArguments {
  #said = '';
  #held = '';

  /** Whether all that was said is not whole. What was held back is. */
  get isCut(): boolean {
    return this.#said !== '' && parseJson(this.#said) === undefined;
  }

  /** Takes arguments that count only if no pieces follow: those of the call's beginning. */
  hold(whole: string): void {
    this.#held = whole;
  }

  /** What of this piece is to be handed out; '' if nothing. */
  add(piece: string): string {
    if (piece === '') return '';
    if (this.#said === '' && NONE.test(piece)) {
      if (this.#held === '') this.#held = piece;
      return '';
    }
    this.#held = '';
    if (piece === this.#said && piece.startsWith('{') && parseJson(piece) !== undefined) return '';
    this.#said += piece;
    return piece;
  }

  /** What is still to be handed out at the call's end: a call without arguments is sent without any, and means `{}`. */
  end(): string {
    if (this.#said !== '') return '';
    this.#said = this.#held === '' ? '{}' : this.#held;
    return this.#said;
  }
}
