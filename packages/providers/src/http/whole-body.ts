// A body that is not a stream, read to its end within a limit.
import { G4FError } from '@g4f/core';
import type { ByteReader } from './body.ts';
import { joinBytes, toText } from './bytes.ts';
import type { Asked } from './failure.ts';

/** Most bytes of a body that is not a stream. */
const MAX_BYTES = 64 * 1024 * 1024;

const BYTE_ORDER_MARK = '\uFEFF';

/** The rest of the body as text. @param head what has been read of it. @throws G4FError `bad-response` above the limit. */
export async function readWholeBody(
  bytes: ByteReader,
  asked: Asked,
  head: Uint8Array = new Uint8Array(),
): Promise<string> {
  const chunks: Uint8Array[] = [head];
  let length = head.length;
  for (;;) {
    const read = bytes.nextNow?.() ?? (await bytes.next());
    if (read.done) break;
    chunks.push(read.value);
    length += read.value.length;
    if (length > MAX_BYTES) throw tooLarge(asked);
  }
  const text = toText(joinBytes(chunks));
  return text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text;
}

const tooLarge = ({ provider, model }: Asked): G4FError =>
  new G4FError(
    `${provider}: the answer is larger than the limit of ${MAX_BYTES / 1024 / 1024} MiB. Choose another provider.`,
    { code: 'bad-response', provider, model },
  );
