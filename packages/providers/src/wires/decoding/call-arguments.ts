// The arguments of one tool call, joined from the pieces that name it.
import { LIMITS } from '@g4f/core';
import { parseExactly, parseJson, writeJson } from '../../http/text/json-text.ts';

/** What a service sends first where the arguments follow, and alone where there are none. */
const NONE = /^\s*\{\s*\}\s*$/;
const OPENS = /^\s*\{/;
/** What changes nothing behind what is whole. */
const BLANKS = /^[ \t\r\n]*$/;
/** What is neither object, list nor text is a number at the most, and none is longer. */
const LONGEST_NUMBER = 1000;
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
  /** Whether it is no JSON; undefined until it is asked for. */
  #isNoJson: boolean | undefined;

  /** @param isPlain of a tool without a schema: its input is text, in which nothing is a repetition. */
  constructor(isPlain = false) {
    this.#isPlain = isPlain;
  }

  /** Whether all that was said is not whole. What was held back is. */
  get isCut(): boolean {
    if (this.#isPlain || this.#said === '') return false;
    // Asked after every piece, so what is still open is not parsed.
    if (this.#brackets.areOpen) return true;
    const isLong = !this.#brackets.areFollowed && this.#said.length > LONGEST_NUMBER;
    this.#isNoJson ??= isLong || parseJson(this.#said) === undefined;
    return this.#isNoJson;
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
    // A model that is stuck sends blanks without end: what is known of what is whole stays so.
    if (!this.#brackets.areOpen && BLANKS.test(text)) return text;
    if (!this.#isPlain) this.#brackets.read(text);
    this.#written = undefined;
    this.#isNoJson = undefined;
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

/** Follows the brackets of an object or a list, or the quotes of a text, that comes in pieces, so that no piece makes all those before it be read again. */
class Brackets {
  #depth = 0;
  /** Whether the first that came is a bracket or a quote. */
  #isFollowed = true;
  #isInText = false;
  #isEscaped = false;
  /** Whether the first that came is `{`; undefined while only blanks have come. */
  #opens: boolean | undefined;
  #hasClosed = false;
  #isOverfull = false;

  get areOpenedFirst(): boolean {
    return this.#opens === true;
  }

  /** Of an object, which nothing follows. */
  get areClosed(): boolean {
    return this.areOpenedFirst && this.#hasClosed && !this.#isOverfull;
  }

  /** Whether it may be an object, a list or a text. */
  get areFollowed(): boolean {
    return this.#isFollowed;
  }

  /** Whether it is none of them that is whole, as far as its brackets tell. */
  get areOpen(): boolean {
    return this.#opens !== undefined && this.#isFollowed && (!this.#hasClosed || this.#isOverfull);
  }

  /** Whether anything but blanks follows the object. */
  get areOverfull(): boolean {
    return this.areOpenedFirst && this.#isOverfull;
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
    return this.#isFollowed && !this.#isOverfull && this.#depth <= LIMITS.nesting;
  }

  #readInText(character: string): void {
    if (this.#isEscaped) this.#isEscaped = false;
    else if (character === '\\') this.#isEscaped = true;
    else if (character === '"') {
      this.#isInText = false;
      this.#hasClosed = this.#depth === 0;
    }
  }

  #readOutside(character: string): void {
    if (this.#opens === undefined) {
      this.#opens = character === '{';
      this.#isFollowed = '{["'.includes(character);
    }
    if (this.#hasClosed) this.#isOverfull = true;
    else if (character === '"') this.#isInText = true;
    else if (character === '{' || character === '[') this.#depth += 1;
    else if (character === '}' || character === ']') {
      this.#depth -= 1;
      this.#hasClosed = this.#depth === 0;
    }
  }
}
