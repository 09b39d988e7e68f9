// A call's arguments that come value by value, each with its place in the whole: `$.items[0].name`.
// Source: https://docs.cloud.google.com/vertex-ai/generative-ai/docs/multimodal/function-calling#streaming-fc
import { asNumber, asText, type Json } from './json.ts';

/** Collects the pieces of one call. */
export interface PartialArguments {
  add(piece: Json): void;
  value(): unknown;
}

type Key = string | number;

/** Nothing collected yet. */
export const createPartialArguments = (): PartialArguments => {
  const root: Record<string, unknown> = {};
  return {
    add(piece) {
      const keys = keysOf(asText(piece.jsonPath) ?? '');
      const last = keys.pop();
      if (last === undefined) return;
      const holder = keys.reduce((inside: object, key, at) => step(inside, key, keys[at + 1] ?? last), root);
      const old = Reflect.get(holder, last);
      const value = readValue(piece);
      put(holder, last, typeof old === 'string' && typeof value === 'string' ? old + value : value);
    },
    value: () => root,
  };
};

function readValue(piece: Json): unknown {
  if (typeof piece.stringValue === 'string') return piece.stringValue;
  if (typeof piece.boolValue === 'boolean') return piece.boolValue;
  // A string where the number has more digits than JavaScript keeps: `writeJson` knows it.
  return asText(piece.numberValue) ?? asNumber(piece.numberValue) ?? null;
}

/** What stands at the key, made if there is nothing: a list if the next key is a number. */
function step(holder: object, key: Key, next: Key): object {
  const there: unknown = Object.hasOwn(holder, key) ? Reflect.get(holder, key) : undefined;
  if (typeof there === 'object' && there !== null) return there;
  const made = typeof next === 'number' ? [] : {};
  put(holder, key, made);
  return made;
}

/** As a field of its own, whatever its name. */
const put = (holder: object, key: Key, value: unknown): void => {
  Object.defineProperty(holder, key, { value, writable: true, enumerable: true, configurable: true });
};

/** `$.a[0]['b c']` → `a`, 0, `b c`. */
const keysOf = (path: string): Key[] =>
  [...path.matchAll(/\.([^.[\]]+)|\[(\d+)\]|\[(?:'([^']*)'|"([^"]*)")\]/g)].map(
    ([, name, index, single, double]) =>
      index === undefined ? (name ?? single ?? double ?? '') : Number(index),
  );
