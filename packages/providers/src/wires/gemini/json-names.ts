// Fields under their names of protocol buffers (`finish_reason`), which printers of JSON may keep, and parsers must take.
// Source: https://protobuf.dev/programming-guides/json/
import { parseExactly, parseJson, writeJson } from '../../http/text/json-text.ts';
import { asObject, itemsOf, type Json } from '../decoding/json.ts';

/** What holds a function's own names, or a failure's in whatever form. */
const OPAQUE: ReadonlySet<string> = new Set(['args', 'response', 'error']);

/** A payload, and the text that it was parsed from. */
export type PayloadAndText = readonly [payload: Json | undefined, text: string | undefined];

/** The payload with the names of JSON: the very one if it has them. */
export const inJsonNames = (json: unknown, text: string | undefined): PayloadAndText => {
  const payload = asObject(json);
  // Most texts are told by having none: that takes a tenth of the time.
  if (payload === undefined || text?.includes('_') === false || !isNamedOtherwise(payload))
    return [payload, text];
  const renamed = writeJson(rename(text === undefined ? payload : parseExactly(text)));
  return [asObject(parseJson(renamed)), renamed];
};

/** Looked at for each payload, as far down as a name tells it. */
function isNamedOtherwise(payload: Json): boolean {
  if (hasLowLine(payload)) return true;
  for (const item of itemsOf(payload.candidates)) {
    const candidate = asObject(item) ?? {};
    if (hasLowLine(candidate)) return true;
    for (const part of itemsOf(asObject(candidate.content)?.parts))
      if (hasLowLine(asObject(part) ?? {})) return true;
  }
  return false;
}

const hasLowLine = (object: Json): boolean => {
  for (const name in object) if (name.includes('_')) return true;
  return false;
};

function rename(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(rename);
  const object = asObject(value);
  if (object === undefined) return value;
  return Object.fromEntries(
    Object.entries(object).map(([name, inside]) => [
      jsonName(name),
      OPAQUE.has(name) ? inside : rename(inside),
    ]),
  );
}

const jsonName = (name: string): string =>
  name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
