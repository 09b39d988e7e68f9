// A form with files as the body of a request, written as it is sent: a file is never in memory as a whole.
// Source: https://www.rfc-editor.org/rfc/rfc7578
import type { BodyStream, Upload } from '@g4f/core';

/** A field of a form. One name may stand several times. */
export interface FormField {
  readonly name: string;
  readonly value: string | Upload;
}

/** A form as the body of a request. */
export interface Multipart {
  readonly contentType: string;
  /** In bytes; undefined where the size of a file is not known. */
  readonly length: number | undefined;
  readonly body: BodyStream;
}

/** The form as a body. Each reading of it opens its files anew. */
export const multipart = (fields: readonly FormField[]): Multipart => {
  const boundary = `g4f-${crypto.randomUUID()}`;
  const encoder = new TextEncoder();
  const heads = fields.map((field) => encoder.encode(headOf(field, boundary)));
  const end = encoder.encode(`--${boundary}--\r\n`);
  const body = async function* (): AsyncGenerator<Uint8Array> {
    for (const [at, { value }] of fields.entries()) {
      yield heads[at] ?? end;
      if (typeof value === 'string') yield encoder.encode(value);
      else yield* value.open();
      yield LINE_END;
    }
    yield end;
  };
  const sizes = fields.map(({ value }) =>
    typeof value === 'string' ? encoder.encode(value).length : value.size,
  );
  const around = heads.reduce((sum, head) => sum + head.length + LINE_END.length, end.length);
  const length = sizes.reduce<number | undefined>(
    (sum, size) => (sum === undefined || size === undefined ? undefined : sum + size),
    around,
  );
  return {
    contentType: `multipart/form-data; boundary=${boundary}`,
    length,
    body: { [Symbol.asyncIterator]: body },
  };
};

const LINE_END = new Uint8Array([13, 10]);

function headOf({ name, value }: FormField, boundary: string): string {
  const field = `--${boundary}\r\ncontent-disposition: form-data; name="${escaped(name)}"`;
  if (typeof value === 'string') return `${field}\r\n\r\n`;
  const type = value.type ?? 'application/octet-stream';
  return `${field}; filename="${escaped(value.name)}"\r\ncontent-type: ${oneLine(type)}\r\n\r\n`;
}

/** As browsers write names: https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#multipart-form-data */
const escaped = (text: string): string =>
  text.replaceAll('\n', '%0A').replaceAll('\r', '%0D').replaceAll('"', '%22');

const oneLine = (text: string): string => text.replaceAll(/[\r\n]/g, ' ');
