// A body that is not a stream, read to its end within a limit.
import { G4FError, LIMITS } from '@g4f/core';
import type { RequestFacts } from '../failures/failure.ts';
import { joinBytes, toText } from '../text/bytes.ts';
import type { ByteReader } from '../transport/body.ts';

const BYTE_ORDER_MARK = '\uFEFF';

/**
 * The rest of the body as text.
 *
 * @param head what has been read of it. @param most bytes, from `LIMITS`.
 * @throws G4FError `bad-response` above the limit.
 */
export async function readWholeBody(
  bytes: ByteReader,
  asked: RequestFacts,
  head: Uint8Array = new Uint8Array(),
  most: number = LIMITS.answerBytes,
): Promise<string> {
  const text = toText(await readWholeBytes(bytes, asked, head, most));
  return text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text;
}

/**
 * The same as bytes.
 * @throws G4FError `bad-response` above the limit.
 */
export async function readWholeBytes(
  bytes: ByteReader,
  asked: RequestFacts,
  head: Uint8Array = new Uint8Array(),
  most: number = LIMITS.answerBytes,
): Promise<Uint8Array> {
  const chunks: Uint8Array[] = head.length === 0 ? [] : [head];
  let length = head.length;
  for (;;) {
    const read = bytes.nextNow?.() ?? (await bytes.next());
    if (read.done) break;
    chunks.push(read.value);
    length += read.value.length;
    if (length > most) throw tooLarge(asked, most);
  }
  return joinBytes(chunks);
}

/** The error for an answer above the limit. */
export const tooLarge = ({ provider, model }: RequestFacts, most: number): G4FError =>
  new G4FError(
    `${provider}: the answer is larger than the limit of ${most / 1024 / 1024} MiB. Choose another provider.`,
    // It would be as large again.
    { code: 'bad-response', scope: 'provider', provider, model },
  );
