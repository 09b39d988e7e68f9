// The arguments of one tool call, joined from the pieces that name it.
import { LIMITS } from '@g4f/core';
import { parseExactly, parseJson, writeJson } from '../../http/text/json-text.ts';

/** What a service sends first where the arguments follow, and alone where there are none. */
const NONE = /^\s*\{\s*\}\s*$/;
const OPENS = /^\s*\{/;
/** What may follow a whole object and leave it as it is. */
const BLANKS = /^[ \t\n\r]*$/;
/** The longest text that may begin with itself and be JSON: `{"` and `{":1}` are the pieces of `{"{":1}`. */
const MAY_BEGIN_TWICE = 2;

/**
 * Joins the pieces. `{}` sent first is held back, because it is dropped when others follow.
 *
 * A piece that begins with the whole so far repeats it, and only what follows is new: JSON goes on with its own beginning only
 * where an object holds itself (`{"a":`, `{"a":1`, `}}`), and what is then left over is an error, never a wrong call. A naive rule that drops equal pieces loses a word of `{"a":"`, `ha`, `ha`, `"}`.
 * Arguments that are whole, written with other blanks, are a repetition as well. Anything else is added.
 */
export class CallArguments {
  readonly #isPlain: boolean;
  readonly #brackets = new Brackets();
  #said = '';
  #held = '';
  #isGuessed = false;
  /** All that was said, with no blanks to choose: '' if it is not JSON. */
  #written: string | undefined;

  /** @param isPlain of a tool without a schema: its input is text, in which nothing is a repetition. */
  constructor(isPlain = false) {
    this.#isPlain = isPlain;
  }

  /** Whether all that was said is not whole. What was held back is. */
  get isCut(): boolean {
    if (this.#isPlain || this.#said === '') return false;
    // Asked after every piece, so what is still open is not parsed.
    if (this.#brackets.areOpenedFirst && !this.#brackets.areClosed) return true;
    return parseJson(this.#said) === undefined;
  }

  /** Whether nothing was said but what was held back. */
  get isHeld(): boolean {
    return this.#held !== '';
  }

  /** Whether nothing may follow: a whole JSON object was said. */
  get isWhole(): boolean {
    return this.#brackets.areClosed && this.#asWritten() !== '';
  }

  /** Whether a piece of which no one knows whose it is may be of these: not where both begin an object. Then it is to be added. */
  guess(piece: string): boolean {
    if (this.isWhole || (OPENS.test(piece) && this.isCut)) return false;
    this.#isGuessed = true;
    return true;
  }

  /** Whether more was said after a whole object, or something was guessed and there is none. */
  get isBroken(): boolean {
    return (this.#isGuessed && this.isCut) || (!this.#isPlain && this.#brackets.areOverfull);
  }

  /** Takes arguments that count only if no pieces follow: those of the call's beginning. */
  hold(whole: string): void {
    this.#held = whole;
  }

  /** Whether this piece is whole arguments, the same as those that were said. */
  isRepeatedBy(piece: string): boolean {
    if (!OPENS.test(piece) || !this.isWhole) return false;
    return piece === this.#said || written(piece) === this.#asWritten();
  }

  /** What of this piece is to be handed out; '' if nothing. */
  add(piece: string): string {
    if (piece === '') return '';
    if (this.#isPlain) return this.#say(piece);
    if (this.#said === '' && NONE.test(piece)) {
      if (this.#held === '') this.#held = piece;
      return '';
    }
    this.#held = piece.trim() === '' ? this.#held : '';
    if (this.#isBegunBy(piece)) return this.#say(piece.slice(this.#said.length));
    return this.isRepeatedBy(piece) ? '' : this.#say(piece);
  }

  /** What these whole arguments hold beyond the pieces that came before them. */
  addWhole(whole: string): string {
    if (this.#said === '') return this.add(whole);
    return whole.startsWith(this.#said) ? this.#say(whole.slice(this.#said.length)) : '';
  }

  /**
   * What is still to be handed out at the call's end.
   *
   * @param none what a call means that was sent none.
   */
  end(none = '{}'): string {
    if (this.#said !== '') return '';
    const rest = this.#held === '' ? none : this.#held;
    this.#held = '';
    return this.#say(rest);
  }

  #say(text: string): string {
    this.#said += text;
    if (!this.#isPlain) this.#brackets.read(text);
    // It is that of a closed object: what follows one either changes nothing, or makes it no JSON.
    if (this.#written !== undefined && !BLANKS.test(text)) this.#written = '';
    return text;
  }

  #isBegunBy(piece: string): boolean {
    const { length } = this.#said;
    return (
      length > MAY_BEGIN_TWICE &&
      piece.length >= length &&
      this.#brackets.areOpenedFirst &&
      piece.startsWith(this.#said)
    );
  }

  #asWritten(): string {
    this.#written ??= written(this.#said);
    return this.#written;
  }
}

/** The JSON without a choice of blanks, each number with its digits; '' if it is none. */
const written = (text: string): string => {
  const brackets = new Brackets();
  brackets.read(text);
  const value = brackets.areClosed ? parseExactly(text) : undefined;
  return value === undefined ? '' : writeJson(value);
};

/** Follows the brackets of an object that comes in pieces, so that no piece makes all those before it be read again. */
class Brackets {
  #depth = 0;
  #isInText = false;
  #isEscaped = false;
  /** Whether the first that came is `{`; undefined while only blanks have come. */
  #opens: boolean | undefined;
  #hasClosed = false;
  #isOverfull = false;

  get areOpenedFirst(): boolean {
    return this.#opens === true;
  }

  get areClosed(): boolean {
    return this.#hasClosed && !this.#isOverfull;
  }

  /** Whether anything but blanks follows the object. */
  get areOverfull(): boolean {
    return this.#isOverfull;
  }

  read(text: string): void {
    for (let at = 0; at < text.length && this.#goesOn(); at++) {
      const character = text.charAt(at);
      if (this.#isInText) this.#readInText(character);
      else if (character > ' ') this.#readOutside(character);
    }
  }

  /** What is nested deeper is handed out as it stands, and not compared: to write it anew would need as deep a stack. */
  #goesOn(): boolean {
    return this.#opens !== false && !this.#isOverfull && this.#depth <= LIMITS.nesting;
  }

  #readInText(character: string): void {
    if (this.#isEscaped) this.#isEscaped = false;
    else if (character === '\\') this.#isEscaped = true;
    else if (character === '"') this.#isInText = false;
  }

  #readOutside(character: string): void {
    this.#opens ??= character === '{';
    if (this.#hasClosed) this.#isOverfull = true;
    else if (character === '"') this.#isInText = true;
    else if (character === '{' || character === '[') this.#depth += 1;
    else if (character === '}' || character === ']') {
      this.#depth -= 1;
      this.#hasClosed = this.#depth === 0;
    }
  }
}
