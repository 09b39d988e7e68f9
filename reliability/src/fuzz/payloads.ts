// Reads payloads out of bytes in the plainest way there is: all at once, by the standards, with none of the wires' code.
export type Json = Readonly<Record<string, unknown>>;

/** One payload. */
export interface Payload {
  /** Its event's name; empty where it has none. */
  readonly event: string;
  readonly data: string;
  /** What the data is as JSON: an object or a list; empty where it is neither. */
  readonly json: Json;
  /** It is as the standards say: nothing but known fields, and data that is JSON, an end mark or nothing. */
  readonly isPlain: boolean;
}

/** The text of a body, without what may stand before it. */
export const textOf = (bytes: Buffer): string => bytes.toString('utf8').replace(/^[\s\uFEFF]+/, '');

/** Server-sent events. https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation */
export const eventsOf = (text: string): readonly Payload[] =>
  text
    .replace(/\r\n?/g, '\n')
    .split(/\n{2,}/)
    .map((event) => event.split('\n'))
    .map((lines) => ({
      ...payload(valuesOf('event', lines).at(-1) ?? '', valuesOf('data', lines).join('\n')),
      ...(lines.some((line) => !FIELD.test(line)) && { isPlain: false }),
    }));

const FIELD = /^(?:$|(?:data|event|id|retry)?:)/;

const valuesOf = (field: string, lines: readonly string[]): readonly string[] =>
  lines
    .filter((line) => line.startsWith(`${field}:`))
    .map((line) => line.slice(field.length + 1).replace(/^ /, ''));

/** Lines of JSON. */
export const linesOf = (text: string): readonly Payload[] =>
  text.split(/[\r\n]+/).map((data) => payload('', data));

/** Whatever may be a payload in any framing: every line, with a field's name before it or glued into it. */
export const piecesOf = (text: string): readonly Payload[] =>
  text.split(/[\r\n]+|data: ?/).map((data) => payload('', data));

const payload = (event: string, data: string): Payload => {
  const json = asJson(data);
  return { event, data, json: json ?? {}, isPlain: json !== undefined || /^\s*(?:\[DONE\])?\s*$/.test(data) };
};

/** An object or a list, if the text is one in JSON. */
export function asJson(text: string): Json | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Json) : undefined;
  } catch {
    return undefined;
  }
}

/** A field of what may be no object. */
export const field = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? (value as Json)[name] : undefined;

/** What may be no list, as one. */
export const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
