// The bytes of what is attached: a file, an address or standard input, up to a limit.
import { createReadStream } from 'node:fs';
import { messageOf } from '../failure/exit-code.ts';
import { UsageError } from '../failure/usage-error.ts';
import { ATTACHED, inMegabytes } from './limits.ts';

const tooLarge = (name: string, most: number): UsageError =>
  new UsageError(`${name} has more than ${inMegabytes(most)}, the most that can be attached`);

async function collect(source: AsyncIterable<Uint8Array>, name: string, most: number): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of source) {
    length += piece.length;
    if (length > most) throw tooLarge(name, most);
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

/** The bytes of a file. @throws UsageError where it cannot be read or is too large. */
export const readFileBytes = async (path: string): Promise<Buffer> => {
  try {
    return await collect(createReadStream(path), path, ATTACHED.mediaBytes);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`cannot read ${path}: ${messageOf(error)}`);
  }
};

/** All of standard input. @throws UsageError where it is too large. */
export const readStandardInput = (): Promise<Buffer> =>
  collect(process.stdin, 'standard input', ATTACHED.mediaBytes);

/** What an address gives. @throws UsageError where it refuses, is silent or gives too much. */
export const fetchBytes = async (address: string): Promise<Buffer> => {
  let response: Response;
  try {
    response = await fetch(address, { signal: AbortSignal.timeout(ATTACHED.fetchMs) });
  } catch (error) {
    const { cause } = Object(error);
    throw new UsageError(`cannot fetch ${address}: ${messageOf(cause ?? error)}`);
  }
  if (!response.ok) throw new UsageError(`cannot fetch ${address}: it answered ${response.status}`);
  return response.body === null ? Buffer.alloc(0) : collect(response.body, address, ATTACHED.mediaBytes);
};
