// An image that the caller gave, as a provider receives it: what it is, is told by its first bytes.
import { type Abortable, type BodyStream, G4FError, type Upload } from '@g4f/core';
import { imageTypeOf, LightAbort, SIGNATURE_BYTES } from '@g4f/core/internal';
import type { OpeningCall } from '../attempt/call-life.ts';
import { closeParts } from '../attempt/close-parts.ts';
import { onAbort } from '../attempt/on-abort.ts';
import { unlessAborted } from '../attempt/unless-aborted.ts';
import { toUpload } from '../uploads/to-upload.ts';

/** Formats that some services take and none gives: BMP, TIFF, HEIC. */
const OTHERS: readonly (readonly [string, RegExp])[] = [
  ['bmp', /^BM/],
  ['tiff', /^(?:II\*\0|MM\0\*)/],
  ['heic', /^.{4}ftyp(?:hei|hev|mif|msf)/s],
];

/**
 * The image. Bytes of which nothing else is known get their media type by what they are.
 * @param call with which what had to be opened is closed.
 * @throws G4FError as `toUpload`; `invalid-request`, from the stream where the type is known, for what is no image
 */
export async function imageUpload(value: unknown, field: string, call: OpeningCall): Promise<Upload> {
  const upload = await toUpload(value, field, 'image', call);
  const open = (): BodyStream => checked(upload.open(), field);
  if (upload.type !== undefined) return { ...upload, open };
  const over = call.untilOver();
  const begun = await begin(upload.open(), field, over);
  const { type } = begun;
  const name = upload.name.includes('.') ? upload.name : `${upload.name}.${type}`;
  const known = { ...upload, name, type: `image/${type}` };
  if (upload.size !== undefined) {
    void closeParts(begun.more);
    return { ...known, open };
  }
  // Stays open until it is sent, because a stream can be read only once.
  onAbort(over, () => void closeParts(begun.more));
  if (over.aborted) void closeParts(begun.more);
  let first: BodyStream | undefined = rest(begun);
  return {
    ...known,
    ...(upload.isSpent !== undefined && { isSpent: () => first === undefined }),
    open() {
      const once = first;
      first = undefined;
      return once ?? open();
    },
  };
}

async function* checked(stream: BodyStream, field: string): AsyncGenerator<Uint8Array> {
  yield* rest(await begin(stream, field));
}

interface Begun {
  readonly head: readonly Uint8Array[];
  readonly type: string;
  readonly more: AsyncIterator<Uint8Array>;
}

/**
 * Reads as far as the type is told. What fails is closed, for which nobody waits: it may be in a read that never ends.
 * @param over what ends the reading besides.
 */
async function begin(stream: BodyStream, field: string, over: Abortable = NEVER): Promise<Begun> {
  const more = stream[Symbol.asyncIterator]();
  const head: Uint8Array[] = [];
  try {
    for (let length = 0; length < SIGNATURE_BYTES; ) {
      const read = await unlessAborted(over, () => more.next());
      if (read.done) break;
      head.push(read.value);
      length += read.value.length;
    }
    return { head, type: typeOf(head, field), more };
  } catch (error) {
    void closeParts(more);
    throw error;
  }
}

const NEVER = new LightAbort();

async function* rest({ head, more }: Begun): AsyncGenerator<Uint8Array> {
  try {
    yield* head;
    for (let read = await more.next(); !read.done; read = await more.next()) yield read.value;
  } finally {
    await more.return?.();
  }
}

function typeOf(head: readonly Uint8Array[], field: string): string {
  const bytes = Uint8Array.from(head.flatMap((piece) => [...piece.subarray(0, SIGNATURE_BYTES)]));
  const beginning = String.fromCharCode(...bytes.subarray(0, SIGNATURE_BYTES));
  const type = imageTypeOf(bytes) ?? OTHERS.find(([, signature]) => signature.test(beginning))?.[0];
  if (type !== undefined) return type;
  throw new G4FError(`${field}: it is no image. Give a PNG, JPEG or WebP.`, { code: 'invalid-request' });
}
