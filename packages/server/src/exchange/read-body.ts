// The body of a request, JSON or any bytes, read within limits of size and time.
import { LIMITS } from '@g4f/core';
import type { CallerRequest } from '../answer/caller-request.ts';
import { refuse } from '../failure/refusal.ts';
import { ownFields } from '../guard/own-fields.ts';
import { asObject, type Json, parseJson } from '../json/json.ts';
import { passedLimit } from '../json/nesting.ts';
import type { Exchange, Incoming, NodeBindings } from './exchange.ts';

/** What of an exchange the body is read from. */
export type Asking = Pick<Exchange, 'request' | 'node' | 'limits' | 'nameable'> &
  Partial<Pick<Exchange, 'caller' | 'outcome'>>;

/** The object that a body holds. @throws Refusal 400 for no JSON, no object or a field that is the operator's, 408 for a slow body, 413 for a large one or one of very many messages, 415 for a form or a compressed body */
export const readBody = async (asking: Asking): Promise<Json> => {
  checkHeaders(asking);
  const text = decode(await readBytes(asking));
  checkNesting(text);
  const json = parseJson(text);
  const body = asObject(json);
  if (asking.outcome !== undefined) asking.outcome.written = body;
  if (body !== undefined) return ownFields(body, asking.nameable, asking.caller);
  const why =
    json === undefined ? (text.trim() === '' ? 'is empty' : 'is not valid JSON') : 'is not an object';
  throw refuse(400, 'invalid-request', `The body ${why}: send a JSON object.`);
};

/** @throws Refusal 400, 413 */
function checkNesting(text: string): void {
  const passed = passedLimit(text, { depth: LIMITS.nesting, count: LIMITS.bodyObjects });
  if (passed === 'depth')
    throw refuse(
      400,
      'invalid-request',
      `The body has more than ${LIMITS.nesting} lists and objects inside each other.`,
    );
  if (passed === 'count')
    throw refuse(
      413,
      'body-too-large',
      `The body has more than ${LIMITS.bodyObjects} lists and objects (messages, their parts, tools): send fewer.`,
    );
}

function checkHeaders(asking: Asking): void {
  if (/^\s*multipart\//i.test(asking.request.headers.get('content-type') ?? ''))
    throw refuse(415, 'unsupported-body', 'The body is a form: send JSON.', CLOSE);
  checkBody(asking);
}

/** @throws Refusal 413 for a body that announces itself as too large, 415 for a compressed one */
export const checkBody = ({ request: { headers }, limits }: Asking): void => {
  const encoding = headers.get('content-encoding') ?? 'identity';
  if (encoding.toLowerCase() !== 'identity')
    throw refuse(415, 'unsupported-body', 'The body has a content-encoding: send it as it is.', CLOSE);
  // Before a byte of it is read.
  if (Number(headers.get('content-length') ?? 0) > limits.bytes) throw tooLarge(limits.bytes);
};

/** @throws Refusal 400 for a body that was cut off, 408 for a slow one, 413 for a large one */
export const readBytes = async (asking: Asking): Promise<Uint8Array<ArrayBuffer>> => {
  const incoming = asking.node?.incoming;
  // Node tells of a request before it reads on: most bodies come in the packet of their headers, and are there when it has.
  if (incoming?.complete === false) await new Promise(setImmediate);
  return arrived(incoming, asking.limits.bytes) ?? inTime(asking);
};

/** The body, if all of it is there: neither a timer nor listeners are needed for it. @throws Refusal 413 */
const arrived = (incoming: Incoming | undefined, most: number): Uint8Array<ArrayBuffer> | undefined => {
  if (incoming?.complete !== true || incoming.destroyed || incoming.read === undefined) return undefined;
  if ((incoming.readableLength ?? 0) > most) throw tooLarge(most);
  const bytes = incoming.read();
  return bytes === null || typeof bytes === 'string' ? NOTHING : bytes;
};

const NOTHING = new Uint8Array();

const inTime = async ({ request, node, limits }: Asking): Promise<Uint8Array<ArrayBuffer>> => {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(slow(limits.timeout)), limits.timeout);
  });
  try {
    return await Promise.race([bytesOf(node, request, limits.bytes), late]);
  } finally {
    clearTimeout(timer);
  }
};

const bytesOf = async (node: NodeBindings | undefined, request: CallerRequest, most: number) => {
  // On Node the body of the request would be a stream over the same bytes.
  if (node !== undefined) return gatherIncoming(node.incoming, most);
  return request.body == null ? NOTHING : gather(request.body[Symbol.asyncIterator](), most);
};

/** By its events: an iterator of Node's costs more than all else of reading a request. */
const gatherIncoming = (incoming: Incoming, most: number): Promise<Uint8Array<ArrayBuffer>> =>
  new Promise((resolve, reject) => {
    const pieces: Uint8Array<ArrayBuffer>[] = [];
    let size = 0;
    const leave = (): void => {
      incoming.off('data', take);
      incoming.off('end', end);
      incoming.off('error', cut);
      incoming.off('close', cut);
    };
    const take = (piece: Uint8Array<ArrayBuffer>): void => {
      size += piece.byteLength;
      pieces.push(piece);
      if (size <= most) return;
      leave();
      incoming.pause();
      reject(tooLarge(most));
    };
    const end = (): void => {
      leave();
      resolve(joined(pieces, size));
    };
    const cut = (): void => {
      leave();
      reject(cutOff());
    };
    if (incoming.destroyed) return cut();
    incoming.on('data', take);
    incoming.on('end', end);
    incoming.on('error', cut);
    incoming.on('close', cut);
  });

async function gather(
  reading: AsyncIterator<Uint8Array<ArrayBuffer>>,
  most: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  for (;;) {
    const { done, value } = await nextPiece(reading);
    if (done) return joined(pieces, size);
    size += value.byteLength;
    if (size > most) throw tooLarge(most);
    pieces.push(value);
  }
}

async function nextPiece<Piece>(reading: AsyncIterator<Piece>): Promise<IteratorResult<Piece>> {
  try {
    return await reading.next();
  } catch {
    throw cutOff();
  }
}

const cutOff = () =>
  refuse(400, 'invalid-request', 'The body was cut off: fewer bytes came than were announced.');

function joined(pieces: readonly Uint8Array<ArrayBuffer>[], size: number): Uint8Array<ArrayBuffer> {
  const [only] = pieces;
  if (only !== undefined && pieces.length === 1) return only;
  const whole = new Uint8Array(size);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.byteLength;
  }
  return whole;
}

const decoder = new TextDecoder('utf-8', { fatal: true });

function decode(bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes);
  } catch {
    throw refuse(400, 'invalid-request', 'The body is not valid UTF-8.');
  }
}

/** What is left of the body is not read: the connection cannot be used again. */
const CLOSE = { headers: { connection: 'close' } };

const tooLarge = (most: number) =>
  refuse(413, 'body-too-large', `The body is larger than the limit of ${most} bytes.`, CLOSE);

const slow = (ms: number) => refuse(408, 'body-timeout', `The body did not arrive within ${ms} ms.`, CLOSE);
