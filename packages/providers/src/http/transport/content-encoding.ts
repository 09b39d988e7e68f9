// Undoes gzip, deflate and brotli while the answer streams.
import type { Transform } from 'node:stream';
import { G4FError } from '@g4f/core';
import { excerpt } from '../failures/excerpt.ts';
import type { BodyQueue } from './body.ts';

/** What servers write there that encodes nothing: names of character sets, and words for "as it is". */
const PLAIN: ReadonlySet<string> = new Set([
  '',
  'identity',
  'none',
  'utf-8',
  'utf8',
  'us-ascii',
  'binary',
  '8bit',
]);

/** The body with its content encoding undone; one that is not encoded is handed on untouched. */
export const decodeContent = (
  queue: BodyQueue,
  encoding: string,
  provider: string,
): AsyncIterable<Uint8Array> => {
  const names = encoding.toLowerCase().split(',');
  const [name, ...others] = names.map((each) => each.trim()).filter((each) => !PLAIN.has(each));
  if (name === undefined) return queue;
  // Nobody sends two layers; were it so, the whole list is named as what cannot be read.
  return decompressed(queue, others.length === 0 ? name : encoding, provider);
};

async function* decompressed(
  queue: BodyQueue,
  encoding: string,
  provider: string,
): AsyncGenerator<Uint8Array> {
  const { Readable } = await import('node:stream');
  const decoder = await createDecompressor(encoding);
  if (decoder === undefined) {
    await queue.return();
    throw unreadable(
      provider,
      `is encoded as "${excerpt(encoding)}", which we did not ask for and cannot read`,
    );
  }
  let broken: { readonly by: unknown } | undefined;
  // A connection that breaks ends the bytes, so that all that came before it is decoded and read; then it is told.
  async function* untilBroken(): AsyncGenerator<Uint8Array> {
    try {
      yield* queue;
    } catch (error) {
      broken = { by: error };
    }
  }
  const source = Readable.from(untilBroken(), { objectMode: false });
  try {
    yield* source.pipe(decoder);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw unreadable(provider, `has a damaged ${encoding} encoding (${why})`);
  } finally {
    await queue.return();
    source.destroy();
    decoder.destroy();
  }
  if (broken !== undefined) throw broken.by;
}

async function createDecompressor(encoding: string): Promise<Transform | undefined> {
  const { constants, createBrotliDecompress, createUnzip } = await import('node:zlib');
  // Flushing what is there keeps a cut stream readable up to the cut; the wire then tells that it was cut.
  if (encoding === 'br') {
    const flush = constants.BROTLI_OPERATION_FLUSH;
    return createBrotliDecompress({ flush, finishFlush: flush });
  }
  const flush = constants.Z_SYNC_FLUSH;
  return ['gzip', 'x-gzip', 'deflate'].includes(encoding)
    ? createUnzip({ flush, finishFlush: flush })
    : undefined;
}

const unreadable = (provider: string, what: string): G4FError =>
  new G4FError(`${provider}: the answer ${what}. Try again or choose another provider.`, {
    code: 'bad-response',
    provider,
  });
