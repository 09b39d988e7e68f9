// An image that the caller gave, as a provider receives it: what it is, is told by its first bytes.
import { type BodyStream, G4FError, type Upload } from '@g4f/core';
import { imageTypeOf, SIGNATURE_BYTES } from '@g4f/core/internal';
import { toUpload } from '../uploads/to-upload.ts';

/** Formats that some services take and none gives: BMP, TIFF, HEIC. */
const OTHERS: readonly (readonly [string, RegExp])[] = [
  ['bmp', /^BM/],
  ['tiff', /^(?:II\*\0|MM\0\*)/],
  ['heic', /^.{4}ftyp(?:hei|hev|mif|msf)/s],
];

/**
 * The image. Bytes of which nothing else is known get their media type by what they are.
 * @throws G4FError as `toUpload`; `invalid-request`, from the stream where the type is known, for what is no image
 */
export async function imageUpload(value: unknown, field: string): Promise<Upload> {
  const upload = await toUpload(value, field, 'image');
  const open = (): BodyStream => checked(upload.open(), field);
  if (upload.type !== undefined) return { ...upload, open };
  // Begun once, because a stream can be read only once.
  const begun = await begin(upload.open());
  const type = typeOf(begun.head, field);
  let first: BodyStream | undefined = rest(begun);
  const name = upload.name.includes('.') ? upload.name : `${upload.name}.${type}`;
  return {
    ...upload,
    name,
    type: `image/${type}`,
    open() {
      const once = first;
      first = undefined;
      return once ?? open();
    },
  };
}

async function* checked(stream: BodyStream, field: string): AsyncGenerator<Uint8Array> {
  const begun = await begin(stream);
  typeOf(begun.head, field);
  yield* rest(begun);
}

interface Begun {
  readonly head: readonly Uint8Array[];
  readonly more: AsyncIterator<Uint8Array>;
}

async function begin(stream: BodyStream): Promise<Begun> {
  const more = stream[Symbol.asyncIterator]();
  const head: Uint8Array[] = [];
  for (let length = 0; length < SIGNATURE_BYTES; ) {
    const read = await more.next();
    if (read.done) break;
    head.push(read.value);
    length += read.value.length;
  }
  return { head, more };
}

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
