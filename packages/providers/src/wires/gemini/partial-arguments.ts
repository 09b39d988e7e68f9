// A call's arguments that come value by value, each with its place in the whole: `$.items[0].name`.
// Source: https://docs.cloud.google.com/vertex-ai/generative-ai/docs/multimodal/function-calling#streaming-fc
import { LIMITS } from '@g4f/core';
import { writeJson } from '../../http/text/json-text.ts';
import { asNumber, asText, type Json } from '../decoding/json.ts';

type Key = string | number;

/** Text that may go on: another piece for the same place adds to it. */
class Text {
  #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  add(more: Text): void {
    this.#text += more.#text;
  }

  toJSON(): string {
    return this.#text;
  }
}

/**
 * The arguments of one call. What would be a guess is refused: a path that is not made of names and indexes, a place that is
 * a list and an object, two values for one place.
 */
export class PartialArguments {
  readonly #root: Record<string, unknown> = {};
  /** Indexes that were passed over: a path of 20 characters can make a list of thousands. */
  #passedOver = 0;

  /** @returns false if the piece cannot be put where it says, or is beyond the limits. */
  add(piece: Json): boolean {
    const keys = keysOf(asText(piece.jsonPath) ?? '');
    const value = readValue(piece);
    const last = keys?.pop();
    if (keys === undefined || keys.length >= LIMITS.nesting) return false;
    // The whole has no value of its own.
    if (last === undefined) return value === undefined;
    let holder: object | undefined = this.#root;
    for (const [at, key] of keys.entries()) {
      holder = this.#step(holder, key, keys[at + 1] ?? last);
      if (holder === undefined) return false;
    }
    return this.#put(holder, last, value);
  }

  /** As JSON text. */
  toText(): string {
    return writeJson(this.#root);
  }

  /** What stands at the key, made if there is nothing: a list if the next key is a number. Undefined if it is a value. */
  #step(holder: object, key: Key, next: Key): object | undefined {
    if (!this.#hasPlace(holder, key)) return undefined;
    const there = ownAt(holder, key);
    if (typeof there === 'object' && there !== null) return there instanceof Text ? undefined : there;
    return there == null ? set(holder, key, typeof next === 'number' ? [] : {}) : undefined;
  }

  /** A piece without a value only ends what stands there; the same number again is a repetition. */
  #put(holder: object, key: Key, value: unknown): boolean {
    if (!this.#hasPlace(holder, key)) return false;
    const there = ownAt(holder, key);
    if (there == null) set(holder, key, value ?? null);
    else if (there instanceof Text && value instanceof Text) there.add(value);
    else return value === undefined || there === value;
    return true;
  }

  /** Lists have indexes, objects names. */
  #hasPlace(holder: object, key: Key): boolean {
    if (!Array.isArray(holder)) return typeof key === 'string';
    if (typeof key !== 'number' || key > LIMITS.pathIndex) return false;
    this.#passedOver += Math.max(0, key - holder.length);
    return this.#passedOver <= LIMITS.pathIndex;
  }
}

/** Undefined if there is none. */
function readValue({ stringValue, boolValue, numberValue, nullValue }: Json): unknown {
  if (typeof stringValue === 'string') return new Text(stringValue);
  if (typeof boolValue === 'boolean') return boolValue;
  // A string where the number has more digits than JavaScript keeps: `writeJson` knows it.
  return asText(numberValue) ?? asNumber(numberValue) ?? (nullValue == null ? undefined : null);
}

const ownAt = (holder: object, key: Key): unknown =>
  Object.hasOwn(holder, key) ? Reflect.get(holder, key) : undefined;

/** As a field of its own, whatever its name. */
const set = <T>(holder: object, key: Key, value: T): T => {
  Object.defineProperty(holder, key, { value, writable: true, enumerable: true, configurable: true });
  return value;
};

const KEY = /\.([^.[\]]+)|\[(\d+)\]|\[(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)")\]/y;

/** `$.a[0]['b c']` → `a`, 0, `b c`. Undefined for any other path. Source: https://www.rfc-editor.org/rfc/rfc9535#section-2 */
function keysOf(path: string): Key[] | undefined {
  const keys: Key[] = [];
  KEY.lastIndex = 1;
  for (let at = 1; at < path.length; at = KEY.lastIndex) {
    const [, name, index, single, double] = KEY.exec(path) ?? [];
    if (index !== undefined) keys.push(Number(index));
    else if (name !== undefined) keys.push(name);
    else if ((single ?? double) !== undefined) keys.push((single ?? double ?? '').replace(/\\(.)/g, '$1'));
    else return undefined;
  }
  return path.startsWith('$') ? keys : undefined;
}
