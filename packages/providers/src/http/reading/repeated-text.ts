// Reads the frames of a stream that repeat each other but for a piece of text, without parsing them again: most of what
// a chunk costs is the parsing of what stands in all of them.
import type { StreamEvent, TextDelta } from '@g4f/core';
import { parseJson } from '../text/json-text.ts';
import type { Frame, FrameDecoder } from './frames.ts';

/** Where a payload holds its text: `slot.object[slot.name]`. */
export interface TextSlot {
  readonly object: Readonly<Record<string, unknown>>;
  readonly name: string;
}

/** A frame that has been decoded, and what came of it. */
export interface Decoded {
  readonly frame: Frame;
  readonly json: unknown;
  readonly events: readonly StreamEvent[];
  /** Where its own events begin. */
  readonly from: number;
}

/** The payload before and after its text. */
interface Sides {
  readonly before: string;
  readonly after: string;
}

/**
 * What stands in a JSON string for itself (no quote, no backslash, no control character), and in an answer too: a tag
 * (<) and code (`) tell the wire how to take what follows.
 */
const PLAIN = /^[^"\\<`\p{Cc}]+$/u;
/**
 * Below this length V8 copies a piece of a string; from it on, a piece keeps the whole string alive that it was cut
 * from, here a whole read of the socket.
 */
const COPIED_LENGTH = 13;
const TAG = '<';
const PROOFS = ['proof', 'another'] as const;
/** After so many texts in a row whose payloads did not repeat each other, others are not looked at any more. */
const GIVES_UP_AFTER = 32;

/**
 * The repeated frames of one stream. It agrees with decoding each of them: once it is proven that what stands before and
 * after a text belongs to a string at the slot, any plain text between them is that string, by the grammar of JSON; and a
 * wire that made one event of the text, and nothing else of the frame, makes the same of the next plain one.
 *
 * Where frames turn out not to repeat each other (a service that puts an id into each), it soon costs nothing.
 */
export class RepeatedText {
  readonly #frames: FrameDecoder;
  readonly #slotOf: (json: unknown) => TextSlot | undefined;
  readonly #tell: ((last: TextDelta, length: number) => void) | undefined;
  /** What became of the last frame, if another can be read by it. */
  #sample: TextDelta | undefined;
  #frame: Sides | undefined;
  #payload: Sides | undefined;
  #isProven = false;
  #misses = 0;

  /**
   * @param slotOf finds the text in a parsed payload. @param tell is told what was read, once for each run of frames: the
   *   last, and the length of all texts.
   */
  constructor(
    frames: FrameDecoder,
    slotOf: (json: unknown) => TextSlot | undefined,
    tell?: (last: TextDelta, length: number) => void,
  ) {
    this.#frames = frames;
    this.#slotOf = slotOf;
    this.#tell = tell;
  }

  /** Adds the events of all frames that come next and repeat the last. */
  read(events: StreamEvent[]): void {
    const sample = this.#sample;
    const sides = this.#frame;
    if (sample === undefined || sides === undefined) return;
    let length = 0;
    let last: TextDelta | undefined;
    for (;;) {
      const text = this.#frames.repeated?.(sides.before, sides.after, PLAIN);
      if (text === undefined) break;
      length += text.length;
      last = withText(sample, copyOf(text));
      events.push(last);
    }
    if (last !== undefined) this.#tell?.(last, length);
  }

  /** Learns from a frame how those like it can be read. */
  learn({ frame, json, events, from }: Decoded): void {
    this.#sample = undefined;
    if (this.#misses > GIVES_UP_AFTER) return;
    const slot = this.#slotOf(json);
    const text = slot?.object[slot.name];
    const only = events.length === from + 1 ? events[from] : undefined;
    if (slot === undefined || only?.type !== 'text-delta' || only.text !== text) return;
    // The beginning of a tag may be another one's that was held back: then this one is.
    if (only.text.includes(TAG)) return;
    // Blanks are no answer yet: the text after them may still be taken for something else, and must be decoded.
    if (!/\S/.test(only.text)) return;
    const whole = this.#frames.last?.();
    if (whole === undefined) return;
    if (this.#isLikeTheLast(whole, only.text)) {
      this.#isProven ||= this.#prove();
      if (this.#isProven) this.#sample = only;
      this.#misses = 0;
    } else this.#take(whole, frame.data, slot.name, only.text);
  }

  /** Whether it differs from the last in nothing but its text: what stands between the two sides is that, plain or escaped. */
  #isLikeTheLast(whole: string, text: string): boolean {
    if (this.#frame === undefined) return false;
    const { before, after } = this.#frame;
    if (whole.slice(0, before.length) !== before || !whole.endsWith(after)) return false;
    const middle = whole.slice(before.length, -after.length);
    return (middle === text && PLAIN.test(text)) || parseJson(`"${middle}"`) === text;
  }

  #take(whole: string, data: string, name: string, text: string): void {
    this.#misses += 1;
    this.#isProven = false;
    this.#frame = undefined;
    const begins = beginningOf(`"${name}":"`, data, text) ?? beginningOf(`"${name}": "`, data, text);
    const at = beginningOfData(whole, data);
    if (begins === undefined || at === undefined) return;
    this.#payload = sidesOf(data, begins, text.length);
    this.#frame = sidesOf(whole, at + begins, text.length);
  }

  // Done when a second frame fits, not before: where every frame has fields that vary, it would be in vain.
  #prove(): boolean {
    const { before, after } = this.#payload ?? {};
    // Two texts, because one of them might stand elsewhere in the payload.
    return PROOFS.every((proof) => {
      const slot = this.#slotOf(parseJson(`${before}${proof}${after}`));
      return slot?.object[slot.name] === proof;
    });
  }
}

/** Where the text begins that follows the key, if it does. */
function beginningOf(key: string, data: string, text: string): number | undefined {
  const at = data.indexOf(`${key}${text}"`);
  return at === -1 ? undefined : at + key.length;
}

/** Where the payload begins in its frame: after its field, and in one piece; it may have come in several lines. */
function beginningOfData(whole: string, data: string): number | undefined {
  const field = /^data: ?/m.exec(whole);
  const at = field === null ? -1 : field.index + field[0].length;
  return at !== -1 && whole.startsWith(data, at) ? at : undefined;
}

const sidesOf = (whole: string, at: number, length: number): Sides => ({
  before: copyOf(whole.slice(0, at)),
  after: copyOf(whole.slice(at + length)),
});

/** A string that keeps no other alive. */
const copyOf = (text: string): string => (text.length < COPIED_LENGTH ? text : ` ${text}`.slice(1));

/** The same event with another text. Written out, because a spread costs more than all the rest of a repeated frame. */
function withText({ type, choice, extra }: TextDelta, text: string): TextDelta {
  if (choice === undefined) return extra === undefined ? { type, text } : { type, text, extra };
  return extra === undefined ? { type, text, choice } : { type, text, choice, extra };
}
