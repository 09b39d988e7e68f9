// A vector as numbers and as base64: little-endian 32-bit floats, which is what OpenAI and its clients mean by it.

/** The numbers; undefined if the text is not base64 of whole 32-bit floats. */
function fromBase64(text: string): number[] | undefined {
  let binary: string;
  try {
    binary = atob(text);
  } catch {
    return undefined;
  }
  if (binary.length % 4 !== 0) return undefined;
  const view = new DataView(new ArrayBuffer(binary.length));
  for (let at = 0; at < binary.length; at++) view.setUint8(at, binary.charCodeAt(at));
  return Array.from({ length: binary.length / 4 }, (_, at) => view.getFloat32(4 * at, true));
}

/** Base64 of the numbers as 32-bit floats. */
export function toBase64(numbers: readonly number[]): string {
  const view = new DataView(new ArrayBuffer(4 * numbers.length));
  numbers.forEach((number, at) => {
    view.setFloat32(4 * at, number, true);
  });
  let binary = '';
  for (let at = 0; at < view.byteLength; at++) binary += String.fromCharCode(view.getUint8(at));
  return btoa(binary);
}

/** The finite numbers of a vector, however a service wrote it; undefined if it is none. */
export function numbersIn(vector: unknown): number[] | undefined {
  const numbers = typeof vector === 'string' ? fromBase64(vector) : vector;
  return Array.isArray(numbers) && numbers.length > 0 && numbers.every(isNumber) ? numbers : undefined;
}

/** A number that is finite as a 32-bit float, too. */
const isNumber = (value: unknown): value is number =>
  typeof value === 'number' && Number.isFinite(Math.fround(value));
