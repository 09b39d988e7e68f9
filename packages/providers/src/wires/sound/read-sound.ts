// Sound as the body of an answer, handed out as it comes.
import { G4FError, LIMITS, type SpeechFormat, type SpeechPart, truncated } from '@g4f/core';
import { notTheProtocol, type RequestFacts } from '../../http/failures/failure.ts';
import { requestIdOf } from '../../http/failures/request-id.ts';
import { readWholeBody } from '../../http/reading/whole-body.ts';
import { joinBytes } from '../../http/text/bytes.ts';
import type { ByteReader } from '../../http/transport/body.ts';
import type { EndpointReply } from '../endpoint.ts';
import { soundType, tellsSound } from './sound-type.ts';

/**
 * The sound. Nothing is handed out of what is none.
 *
 * @param format what was asked for.
 * @throws G4FError `bad-response` for a page or nothing, the service's own failure for JSON that reports one,
 *   `stream-truncated` where the body ends too early.
 */
export async function* readSound(
  { response, asked }: EndpointReply,
  format: SpeechFormat | undefined,
): AsyncGenerator<SpeechPart> {
  const bytes: ByteReader = response.body[Symbol.asyncIterator]();
  const { headers, status } = response;
  const cut = (): G4FError =>
    truncated(asked.provider, { model: asked.model, status, requestId: requestIdOf(headers) });
  try {
    const head = await readHead(bytes);
    const contentType = soundType(head, headers['content-type'], format);
    if (contentType === undefined) throw await noSound({ response, asked }, bytes, head);
    let length = head.length;
    yield { audio: head, contentType };
    for (;;) {
      const read = await next(bytes, cut);
      if (read.done) break;
      length += read.value.length;
      if (read.value.length > 0) yield { audio: read.value };
    }
    if (length < promised(headers)) throw cut();
    response.release();
  } finally {
    bytes.return?.().catch(() => undefined);
  }
}

async function readHead(bytes: ByteReader): Promise<Uint8Array> {
  let head: Uint8Array = new Uint8Array();
  while (!tellsSound(head)) {
    const read = bytes.nextNow?.() ?? (await bytes.next());
    if (read.done) break;
    head = head.length === 0 ? read.value : joinBytes([head, read.value]);
  }
  return head;
}

/** A connection that breaks after the first bytes has cut the sound: nobody can be asked again. */
async function next(bytes: ByteReader, cut: () => G4FError): Promise<IteratorResult<Uint8Array>> {
  try {
    return bytes.nextNow?.() ?? (await bytes.next());
  } catch (thrown) {
    if (thrown instanceof G4FError && thrown.code === 'network') {
      const { message, provider, model, status, requestId } = cut();
      throw new G4FError(message, {
        code: 'stream-truncated',
        cause: thrown,
        provider,
        model,
        status,
        requestId,
      });
    }
    throw thrown;
  }
}

/** How many bytes the service said would come; 0 where it said nothing, or they came compressed. */
const promised = (headers: Readonly<Record<string, string>>): number =>
  headers['content-encoding'] === undefined ? Number(headers['content-length'] ?? 0) || 0 : 0;

async function noSound(
  { response, asked }: { readonly response: EndpointReply['response']; readonly asked: RequestFacts },
  bytes: ByteReader,
  head: Uint8Array,
): Promise<G4FError> {
  const body = await readWholeBody(bytes, asked, head, LIMITS.answerBytes);
  return notTheProtocol(response, body, asked, 'sound');
}
