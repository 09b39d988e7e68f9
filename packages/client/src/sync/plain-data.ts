// Copies a value as plain data, the only thing that crosses to the worker unchanged, and says where it is not plain.
import { G4FError } from '@g4f/core';

/**
 * A deep copy of plain data: strings, numbers, booleans, null, arrays, objects, and bytes. What has a `toJSON` (URL,
 * Date) becomes what that gives; undefined fields are left out.
 *
 * @param path where the value stands, for the error: `messages[0].content`.
 * @throws G4FError `invalid-request` at the first function, symbol, bigint or cycle, naming its path.
 */
export const toPlainData = (value: unknown, path: string, above: readonly object[] = []): unknown => {
  if (typeof value === 'function' || typeof value === 'symbol' || typeof value === 'bigint') {
    throw notPlain(path, `a ${typeof value}`);
  }
  if (typeof value !== 'object' || value === null || isBytes(value)) return value;
  if (above.includes(value)) throw notPlain(path, 'an object that contains itself');
  const here = [...above, value];
  if ('toJSON' in value && typeof value.toJSON === 'function') return toPlainData(value.toJSON(), path, here);
  if (Array.isArray(value)) return value.map((item, index) => toPlainData(item, `${path}[${index}]`, here));
  const fields = Object.entries(value).filter(([, field]) => field !== undefined);
  return Object.fromEntries(
    fields.map(([name, field]) => [name, toPlainData(field, path === '' ? name : `${path}.${name}`, here)]),
  );
};

const isBytes = (value: object): boolean =>
  ArrayBuffer.isView(value) || value instanceof ArrayBuffer || value instanceof SharedArrayBuffer;

const notPlain = (path: string, what: string): G4FError =>
  new G4FError(
    `Client: ${path || 'the value'} is ${what}, which cannot cross to the worker thread. Give plain data, or use AsyncClient.`,
    { code: 'invalid-request' },
  );
