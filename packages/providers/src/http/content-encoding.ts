// Undoes gzip, deflate and brotli while the answer streams.
import { G4FError, toG4FError } from '@g4f/core';
import type { BodyQueue } from './body.ts';

/** A body as its reader gets it. */
export interface ReadableBody {
  readonly body: AsyncIterable<Uint8Array>;
  release(): void;
}

/** The body with its content encoding undone; `identity` and none are handed on untouched. */
export const decodeContent = (
  queue: BodyQueue,
  encoding: string | undefined,
  provider: string,
): ReadableBody => {
  const release = (): void => queue.release();
  const name = (encoding ?? 'identity').trim().toLowerCase();
  return name === 'identity' || name === ''
    ? { body: queue, release }
    : { body: decompressed(queue, name, provider), release };
};

async function* decompressed(
  queue: BodyQueue,
  encoding: string,
  provider: string,
): AsyncGenerator<Uint8Array> {
  const [zlib, { Readable }] = await Promise.all([import('node:zlib'), import('node:stream')]);
  // Flushing what is there keeps a cut stream readable up to the cut; the wire then tells that it was cut.
  const zip = { flush: zlib.constants.Z_SYNC_FLUSH, finishFlush: zlib.constants.Z_SYNC_FLUSH };
  const brotli = {
    flush: zlib.constants.BROTLI_OPERATION_FLUSH,
    finishFlush: zlib.constants.BROTLI_OPERATION_FLUSH,
  };
  const decoder =
    encoding === 'br'
      ? zlib.createBrotliDecompress(brotli)
      : encoding === 'gzip' || encoding === 'x-gzip' || encoding === 'deflate'
        ? zlib.createUnzip(zip)
        : undefined;
  if (decoder === undefined) {
    await queue.return?.();
    throw new G4FError(
      `${provider}: the answer is encoded as "${encoding}", which we did not ask for and cannot read.`,
      {
        code: 'bad-response',
        provider,
      },
    );
  }
  const source = Readable.from(queue, { objectMode: false });
  source.on('error', (error) => decoder.destroy(error));
  try {
    yield* source.pipe(decoder);
  } catch (error) {
    throw toG4FError(error, { code: 'bad-response', provider });
  } finally {
    await queue.return?.();
    source.destroy();
    decoder.destroy();
  }
}
