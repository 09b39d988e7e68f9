// What a call is on a tape: what was asked, without keys, and with files by what is in them.
import { isFields } from '../options/plain-value.ts';
import type { MiddlewareCall } from '../surface/middleware.ts';
import { maskCall } from './mask-keys.ts';

/** What two calls must have in common to be the same. */
export interface TapeCall {
  readonly operation: string;
  readonly request: unknown;
  /** What else may change the answer. Not the address, nor headers: a tape is played elsewhere. */
  readonly options: unknown;
}

/** @throws G4FError `invalid-request` where a file cannot be read, or only once */
export const toTapeCall = async ({ operation, request, options }: MiddlewareCall): Promise<TapeCall> => {
  const { provider, extraBody, fallback, retired } = options;
  const [plainRequest, plainOptions] = await Promise.all([
    plain(request),
    plain({ provider, extraBody, fallback, retired }),
  ]);
  maskCall([plainRequest, plainOptions]);
  return { operation, request: plainRequest, options: plainOptions };
};

/** The same text for the same calls, whatever the order of their fields. */
export const keyOf = (call: TapeCall): string =>
  JSON.stringify([call.operation, call.request, call.options], (_name, value: unknown) =>
    isFields(value)
      ? Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)))
      : value,
  );

/** A copy; a file becomes its name, type and the SHA-256 of its bytes. */
async function plain(value: unknown): Promise<unknown> {
  if (Array.isArray(value)) return Promise.all(value.map(plain));
  if (!isFields(value)) return value;
  if (typeof value.open === 'function')
    return { file: value.name, type: value.type, sha256: await digestOf(value.open()) };
  const fields = await Promise.all(
    Object.entries(value).map(async ([name, held]) => [name, await plain(held)] as const),
  );
  return Object.fromEntries(fields.filter(([, held]) => held !== undefined));
}

async function digestOf(bytes: AsyncIterable<Uint8Array>): Promise<string> {
  // Not by an import: a bundle for browsers, which has no tapes, could not resolve it.
  const hash = process.getBuiltinModule('node:crypto').createHash('sha256');
  for await (const piece of bytes) hash.update(piece);
  return hash.digest('hex');
}

/** Where the two differ, as paths; at most so many. */
export const differencesOf = (one: unknown, other: unknown, most: number): readonly string[] => {
  const found: string[] = [];
  compare(one, other, '', found, most);
  return found;
};

function compare(one: unknown, other: unknown, path: string, found: string[], most: number): void {
  if (found.length >= most || Object.is(one, other)) return;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) {
    found.push(path);
    return;
  }
  const isList = Array.isArray(one);
  const [left, right]: Readonly<Record<string, unknown>>[] = [{ ...one }, { ...other }];
  for (const name of new Set([...Object.keys(left ?? {}), ...Object.keys(right ?? {})])) {
    const place = isList ? `${path}[${name}]` : path === '' ? name : `${path}.${name}`;
    compare(left?.[name], right?.[name], place, found, most);
  }
}
