// A file on its way to the worker thread: it arrives as it was, and what is no file is refused in the words of AsyncClient.
import { openAsBlob } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { crossingFile } from '../../src/sync/crossing-file.ts';
import { toUpload } from '../../src/uploads/to-upload.ts';
import { failureOf } from '../fake-provider.ts';

const BYTES = Uint8Array.from([1, 2, 3]);

/** As it is on the other side. */
const crossed = (value: unknown): unknown => structuredClone(crossingFile(value, 'file'));

const read = async (value: unknown) => {
  const { name, type, size, open } = await toUpload(value, 'file', 'audio');
  const pieces: Uint8Array[] = [];
  for await (const piece of open()) pieces.push(piece);
  return { name, type, size, bytes: Buffer.concat(pieces) };
};

it.each<[string, unknown]>([
  ['bytes', BYTES],
  ['a part of other bytes', Uint8Array.from([0, ...BYTES, 0]).subarray(1, 4)],
  ['a Buffer', Buffer.from(BYTES)],
  ['an ArrayBuffer', BYTES.slice().buffer],
  ['a data URL', 'data:audio/wav;base64,AQID'],
  ['a Blob', new Blob([BYTES], { type: 'image/png' })],
  ['a File', new File([BYTES], 'a.mp3', { type: 'audio/mpeg' })],
  ['a File without a name', new File([BYTES], '', { type: 'audio/mpeg' })],
  ['data of a File without a name', { data: new File([BYTES], '') }],
  ['a name and bytes', { data: BYTES, name: 'x.flac' }],
  ['a name and a File', { data: new File([BYTES], 'a.mp3'), name: 'b.mp3', type: null }],
  ['a path', import.meta.filename],
  ['a URL', new URL(import.meta.url)],
])('%s', async (_, value) => {
  expect(await read(crossed(value))).toEqual(await read(value));
});

it('several files, each by itself', async () => {
  const list = crossed([BYTES, new File([BYTES], 'a.mp3')]);
  if (!Array.isArray(list)) throw new Error('no list');
  expect(await Promise.all(list.map(read))).toEqual([
    await read(BYTES),
    await read(new File([BYTES], 'a.mp3')),
  ]);
});

describe('what is no file', () => {
  class Own {
    readonly own = () => 1;
  }
  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['a number', 5],
    ['an object', { path: 'x', on: () => 1 }],
    ['an instance of a class', new Own()],
    ['data that is none', { data: {} }],
    ['a name that is none', { data: BYTES, name: () => 'a' }],
    ['a type that is none', { data: BYTES, type: 5 }],
  ])('%s is refused in the same words', async (_, value) => {
    const expected = await failureOf(toUpload(value, 'file'));
    expect(await failureOf(toUpload(crossed(value), 'file'))).toMatchObject({
      code: 'invalid-request',
      message: expected.message,
    });
  });

  it('a Blob of a file of the disk cannot cross', async () => {
    const blob = await openAsBlob(import.meta.filename);
    expect(() => crossingFile(blob, 'file')).toThrow('Client: file cannot cross to the worker thread.');
    expect(() => crossingFile([{ data: blob, name: 'a.mp3' }], 'file')).toThrow(
      'Client: file[0].data cannot cross to the worker thread.',
    );
  });

  it.each<[string, unknown, string]>([
    ['a stream', new Blob([BYTES]).stream(), 'file'],
    ['a generator', (async function* () {})(), 'file'],
    ['a function', () => BYTES, 'file'],
    ['a stream with a name', { data: new Blob([BYTES]).stream(), name: 'a.mp3' }, 'file.data'],
    ['a stream in a list', [BYTES, new Blob([BYTES]).stream()], 'file[1]'],
  ])('%s cannot cross', (_, value, field) => {
    expect(() => crossed(value)).toThrow(
      `Client: ${field} cannot cross to the worker thread. Give a path, bytes or a Blob, or use AsyncClient.`,
    );
  });
});
