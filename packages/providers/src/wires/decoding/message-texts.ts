// What a stream of whole messages says: services that write `message` in the place of `delta` mean pieces, or all so far.
import { LIMITS } from '@g4f/core';

/** So many messages that only grow are no accident. */
const GROWN = 3;

/**
 * Tells how one choice's messages are meant, and what is new in each.
 *
 * They are pieces as soon as one does not begin with the one before it. Until then they may be either, and wait: of `ha`,
 * `ha`, `haha`, `!` a naive rule, which takes `haha` for all so far, loses a word. Messages that only grow are all so far,
 * unless they are the same words again and again, which pieces may be as well: then nothing is dropped. Pieces are followed
 * by all of them once more in some services: that waits, too, and is a piece if anything follows it.
 */
export class MessageTexts {
  #meaning: 'pieces' | 'whole' | undefined;
  #first = '';
  #last = '';
  #count = 0;
  /** The text that was handed out; in whole messages the last of them. */
  #said = '';
  #waiting = '';

  /**
   * Takes the text of one message.
   * @returns what of it, and of those that waited, is to be handed out; undefined where a message takes back what the ones
   * before it have said
   */
  add(text: string): string | undefined {
    if (text === '') return '';
    this.#count += 1;
    if (this.#count === 1) this.#first = text;
    const grows = text.startsWith(this.#last);
    if (this.#meaning === 'whole') return grows ? this.#grow(text) : undefined;
    if (this.#meaning === undefined && grows) return this.#mayGrow(text);
    this.#meaning = 'pieces';
    const before = this.#say(this.#take());
    if (!this.#mayBeAll(text)) return before + this.#say(text);
    this.#waiting = text;
    return before;
  }

  /** What waited and turned out to be new, at the end of the messages. */
  end(): string {
    const waiting = this.#take();
    if (waiting === '') return '';
    if (this.#meaning === 'pieces') return this.#say(waiting.slice(this.#said.length));
    return this.#say(this.#isRepeating(this.#last) ? waiting : this.#last.slice(this.#said.length));
  }

  #mayGrow(text: string): string {
    this.#last = text;
    if (this.#count === 1) return this.#say(text);
    if (this.#count < GROWN || this.#isRepeating(text)) {
      this.#waiting += text;
      return '';
    }
    this.#meaning = 'whole';
    this.#waiting = '';
    return this.#grow(text);
  }

  #grow(text: string): string {
    const more = text.slice(this.#said.length);
    this.#last = text;
    this.#said = text;
    return more;
  }

  /** Whether a piece may be all that the pieces before it have said, and what follows. */
  #mayBeAll(text: string): boolean {
    const { length } = this.#said;
    if (this.#count <= 2 || length > LIMITS.comparedCharacters || text.length < length) return false;
    return text.startsWith(this.#said) && !this.#isRepeating(text);
  }

  #take(): string {
    const waiting = this.#waiting;
    this.#waiting = '';
    return waiting;
  }

  #say(text: string): string {
    if (this.#said.length <= LIMITS.comparedCharacters) this.#said += text;
    return text;
  }

  /** Whether the text is the first message again and again. */
  #isRepeating(text: string): boolean {
    const times = text.length / this.#first.length;
    return Number.isInteger(times) && text === this.#first.repeat(times);
  }
}
