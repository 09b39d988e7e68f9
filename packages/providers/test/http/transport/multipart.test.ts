// A form as the body of a request: what a server reads of it is what was put into it.
import type { Upload } from '@g4f/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type FormField, multipart } from '../../../src/http/transport/multipart.ts';

const file = (bytes: Uint8Array, more: Partial<Upload> = {}): Upload => ({
  name: 'a.bin',
  size: bytes.length,
  async *open() {
    yield bytes;
  },
  ...more,
});

const written = async (fields: readonly FormField[]) => {
  const { body, contentType, length } = multipart(fields);
  const pieces: Uint8Array[] = [];
  for await (const piece of body) pieces.push(piece);
  return { bytes: Buffer.concat(pieces), contentType, length, body };
};

/** As the platform's own reader of forms reads it. */
const parsed = async (fields: readonly FormField[]): Promise<FormData> => {
  const { bytes, contentType } = await written(fields);
  return new Response(bytes, { headers: { 'content-type': contentType } }).formData();
};

describe('a form', () => {
  it('gives back its texts and files, and its length is that of its bytes', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.tuple(fc.stringMatching(/^[a-z_[\]]{1,9}$/), fc.string({ unit: 'binary' }), fc.uint8Array()),
        ),
        async (given) => {
          const fields = given.flatMap(([name, value, bytes]) => [
            { name, value },
            { name: `${name}-file`, value: file(bytes) },
          ]);
          const { bytes, length } = await written(fields);
          expect(length).toBe(bytes.length);
          const form = await parsed(fields);
          const seen = await Promise.all(
            [...form.values()].map(async (one) =>
              typeof one === 'string' ? one : new Uint8Array(await one.arrayBuffer()),
            ),
          );
          expect(seen).toEqual(given.flatMap(([, value, own]) => [value, own]));
        },
      ),
    ));

  it('says what each file is called, and what it is', async () => {
    const form = await parsed([
      { name: 'file', value: file(Buffer.from('x'), { name: 'Grüezi.mp3', type: 'audio/mpeg' }) },
      { name: 'file', value: file(Buffer.from('y')) },
    ]);
    expect(form.getAll('file')).toMatchObject([
      { name: 'Grüezi.mp3', type: 'audio/mpeg' },
      { name: 'a.bin', type: 'application/octet-stream' },
    ]);
  });

  it('lets no name end its line, or its field', async () => {
    const name = 'a"\r\nx-evil: 1\r\n\r\n.png';
    const { bytes } = await written([
      { name: 'na"me\r\n', value: file(Buffer.from('x'), { name, type: 'image/png\r\nx-evil: 2' }) },
    ]);
    const [head = ''] = bytes.toString().split('\r\n\r\n');
    expect(head.split('\r\n').slice(1)).toEqual([
      'content-disposition: form-data; name="na%22me%0D%0A"; filename="a%22%0D%0Ax-evil: 1%0D%0A%0D%0A.png"',
      'content-type: image/png  x-evil: 2',
    ]);
  });

  it('has no length where that of one file is not known', async () => {
    const { size: _, ...unsized } = file(Buffer.from('xyz'));
    const { length, bytes } = await written([
      { name: 'a', value: 'b' },
      { name: 'file', value: unsized },
    ]);
    expect(length).toBeUndefined();
    expect(bytes.toString()).toContain('xyz');
  });

  it('opens its files anew each time it is read, and not before', async () => {
    let opened = 0;
    const value = file(Buffer.from('x'), {
      async *open() {
        opened += 1;
        yield Buffer.from('x');
      },
    });
    const { body } = multipart([{ name: 'file', value }]);
    expect(opened).toBe(0);
    for (const time of [1, 2]) {
      for await (const _ of body);
      expect(opened).toBe(time);
    }
  });
});
