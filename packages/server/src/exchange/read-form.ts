// The form of a request (`multipart/form-data`), read within the limits of a body: its fields as parameters, its files as files.
import { refuse } from '../failure/refusal.ts';
import { ownFields } from '../guard/own-fields.ts';
import type { Json } from '../json/json.ts';
import { type Asking, checkBody, readBytes } from './read-body.ts';

/** The fields that are files. The client takes a path or an address there as well: it would open them on this machine. */
const FILES: ReadonlySet<string> = new Set(['image', 'mask', 'file']);

/** A form has only texts. What these hold is a number, or true or false; what is neither is left for the client to refuse. */
const NUMBERS: ReadonlySet<string> = new Set([
  ...['n', 'output_compression', 'partial_images', 'temperature', 'seed', 'steps', 'width', 'height'],
]);
const FLAGS: ReadonlySet<string> = new Set(['stream']);

/**
 * The parameters in a form.
 * @throws Refusal 400 for no valid form, for a text where a file belongs, and for a file where a text does; 408 for a slow body, 413 for a
 *   large one, 415 for another kind of body or a compressed one
 */
export const readForm = async (asking: Asking): Promise<Json> => {
  const type = asking.request.headers.get('content-type') ?? '';
  if (!/^\s*multipart\/form-data\b/i.test(type))
    throw refuse(
      415,
      'unsupported-body',
      'The body is no form: send multipart/form-data with the file in it.',
    );
  checkBody(asking);
  const fields = readFields(await parse(await readBytes(asking), type));
  if (asking.outcome !== undefined) asking.outcome.written = fields;
  return ownFields(fields, asking.nameable, asking.caller);
};

/** More than any method takes. A form of nothing but parts, parsed, would hold the whole gateway for seconds. */
const PARTS = 1000;

async function parse(bytes: Uint8Array<ArrayBuffer>, type: string): Promise<FormData> {
  if (hasMoreDelimiters(bytes, PARTS)) throw wrong(`The form has more than ${PARTS} parts.`);
  try {
    return await new Response(bytes, { headers: { 'content-type': type } }).formData();
  } catch {
    throw wrong('The body is not a valid form.');
  }
}

const [CR, LF, DASH] = [13, 10, 45];

/** Whether more lines begin with two dashes, as every delimiter of parts does. Byte by byte, so that no bytes make it slow. */
function hasMoreDelimiters(bytes: Uint8Array, most: number): boolean {
  let count = 0;
  for (let at = 3; at < bytes.length && count <= most; at += 1)
    if (bytes[at] === DASH && bytes[at - 1] === DASH && bytes[at - 2] === LF && bytes[at - 3] === CR)
      count += 1;
  return count > most;
}

/** `name`; `name[]` and `name[0]` of a list; `name[key]` of an object. */
const NAME = /^([^[\]]{1,200})(?:\[([^[\]]{0,200})\])?$/;

/** What stands in a form under one name. */
interface Entry {
  /** Empty or a number in a list. */
  readonly key: string | undefined;
  readonly value: string | File;
}

function readFields(form: FormData): Json {
  const fields = new Map<string, Entry[]>();
  for (const [written, value] of form) {
    const [, name, key] = NAME.exec(written) ?? [];
    if (name === undefined || name === '__proto__' || key === '__proto__')
      throw wrong(`The form has a field that is no parameter: ${JSON.stringify(written.slice(0, 50))}.`);
    const entries = fields.get(name);
    if (entries === undefined) fields.set(name, [{ key, value }]);
    else entries.push({ key, value });
  }
  return Object.fromEntries(
    [...fields].map(([name, entries]) => [
      name,
      FILES.has(name) ? filesOf(name, entries) : textsOf(name, entries),
    ]),
  );
}

const isOfList = ({ key }: Entry): boolean => key !== undefined && /^\d*$/.test(key);

/** A file, or several in a list. */
function filesOf(name: string, entries: readonly Entry[]): unknown {
  const files = entries.map((entry) => {
    const { key, value } = entry;
    if (typeof value !== 'string' && (key === undefined || isOfList(entry))) return toFile(value);
    throw wrong(`${name} must be a file in the form: this gateway opens no paths and no addresses.`, name);
  });
  return files.length === 1 && entries[0]?.key === undefined ? files[0] : files;
}

/** What a form says of a file of which nothing is known. */
const UNKNOWN = /^(?:application\/octet-stream|text\/plain)\b/i;

/** As the client takes it. A type that says nothing is left out: the client knows better by the name, or by the first bytes. */
const toFile = (file: File): { readonly data: Blob; readonly name?: string } => ({
  data: UNKNOWN.test(file.type) ? file.slice(0, file.size, '') : file,
  ...(file.name !== '' && { name: file.name }),
});

/** A text, a list of texts, or an object of texts. */
function textsOf(name: string, entries: readonly Entry[]): unknown {
  const texts = entries.map(({ value }) => {
    if (typeof value === 'string') return value;
    throw wrong(`${name} must be a text: it is a file.`, name);
  });
  const [only = '', ...others] = texts;
  if (entries.every(isOfList)) return texts;
  if (entries[0]?.key === undefined && others.length === 0) return scalarOf(name, only);
  if (entries.every((entry) => entry.key !== undefined && !isOfList(entry)))
    return Object.fromEntries(entries.map(({ key = '', value }) => [key, value]));
  throw wrong(`${name} is there more than once. Write ${name}[] for a list.`, name);
}

function scalarOf(name: string, text: string): unknown {
  if (NUMBERS.has(name) && /^-?\d{1,15}(?:\.\d{1,15})?$/.test(text)) return Number(text);
  if (FLAGS.has(name) && /^(?:true|false)$/i.test(text)) return text.toLowerCase() === 'true';
  return text;
}

const wrong = (message: string, param?: string) => refuse(400, 'invalid-request', message, { param });
