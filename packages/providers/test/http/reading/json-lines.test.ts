// Lines of JSON come out the same however they end and wherever they are cut.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LineDecoder } from '../../../src/http/reading/json-lines.ts';
import { framesIn, readFrames } from '../read-frames.ts';

const bytesOf = (text: string): Buffer => Buffer.from(text, 'utf8');

const read = (chunks: readonly Uint8Array[]): readonly string[] => {
  const frames = readFrames(new LineDecoder('acme'), chunks);
  expect(frames.every(({ event }) => event === 'message')).toBe(true);
  return frames.map(({ data }) => data);
};

const byteByByte = (bytes: Uint8Array): Uint8Array[] =>
  Array.from(bytes, (_, index) => bytes.subarray(index, index + 1));

describe('lines of JSON', () => {
  it.each<[string, string, readonly string[]]>([
    ['LF', '{"a":1}\n{"b":2}\n', ['{"a":1}', '{"b":2}']],
    ['CRLF', '{"a":1}\r\n{"b":2}\r\n', ['{"a":1}', '{"b":2}']],
    ['CR', '{"a":1}\r{"b":2}\r', ['{"a":1}', '{"b":2}']],
    ['mixed line ends', '1\r\n2\n\r3\r\n\r', ['1', '2', '3']],
    ['no line end at the end', '1\n2', ['1', '2']],
    ['blank lines, which keep a connection alive', '\n\n1\n \n\t\n2\n\n', ['1', '2']],
    ['a byte order mark', '\uFEFF1\n2\n', ['1', '2']],
    ['characters of 2, 3 and 4 bytes', '"é€😀"\n"é€😀"', ['"é€😀"', '"é€😀"']],
    ['an escaped line end is none', '"a\\nb"\n', ['"a\\nb"']],
    ['U+2028 is no line end', '"a\u2028b"\n', ['"a\u2028b"']],
    ['one over several lines', '1\n{\n "a": {\n }\n}\n2\n', ['1', '{\n "a": {\n }\n}', '2']],
    ['one over several lines that is cut', '1\n{\n "a": {\n', ['1', '{\n "a": {']],
    [
      'one over several lines without indentation',
      '{\n"a":\n{\n"b": [\n1\n]\n}\n}\n2',
      ['{\n"a":\n{\n"b": [\n1\n]\n}\n}', '2'],
    ],
    ['a list over several lines', '[\n{"a":1},\n{"b":"]"}\n]\n2', ['[\n{"a":1},\n{"b":"]"}\n]', '2']],
    ['a brace alone', '{\n{"a":1}\n{"b":2}\n', ['{', '{"a":1}', '{"b":2}']],
    ['a bracket alone', '[\n{"a":1}\n{"b":2}\n', ['[\n{"a":1}', '{"b":2}']],
    ['a brace alone before an event', '{\ndata: {"a":1}\n', ['{', '{"a":1}']],
    ['the field of an event', 'data: {"a":1}\n', ['{"a":1}']],
    ['nothing', '', []],
  ])('%s', (_name, text, expected) => {
    const bytes = bytesOf(text);
    expect(read([bytes])).toEqual(expected);
    expect(read(byteByByte(bytes))).toEqual(expected);
    expect(read(byteByByte(bytes).flatMap((byte) => [byte, new Uint8Array()]))).toEqual(expected);
  });

  it('reads the error field of llama.cpp', () => {
    const frames = readFrames(new LineDecoder('acme'), [bytesOf('{"a":1}\nerror: {"b":2}\n')]);
    expect(frames[1]).toEqual({ event: 'error', data: '{"b":2}' });
  });

  it('gives each line as soon as its end is there, and not before', () => {
    const decoder = new LineDecoder('acme');
    expect(framesIn(decoder, bytesOf('{"a":1}\n{"b')).map(({ data }) => data)).toEqual(['{"a":1}']);
    expect(framesIn(decoder, bytesOf('":2}\r')).map(({ data }) => data)).toEqual(['{"b":2}']);
  });

  it('gives any values as they were, cut anywhere', () => {
    const value = fc.jsonValue().map((json) => JSON.stringify(json));
    const lineEnd = fc.constantFrom('\n', '\r\n', '\r', '\n\n');
    fc.assert(
      fc.property(
        fc.array(fc.tuple(value, lineEnd), { maxLength: 12 }),
        fc.array(fc.nat(), { maxLength: 12 }),
        (lines, cuts) => {
          const bytes = bytesOf(lines.flat().join(''));
          const places = [...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length].sort((a, b) => a - b);
          const chunks = places.map((to, index) => bytes.subarray(places[index - 1] ?? 0, to));
          expect(read(chunks)).toEqual(lines.map(([text]) => text));
        },
      ),
      { numRuns: 500 },
    );
  });

  it('gives U+FFFD for what is not UTF-8, and throws at nothing', () => {
    const bytes = Buffer.concat([bytesOf('"a'), Buffer.from([0xff, 0xc3]), bytesOf('"\n')]);
    expect(read([bytes])).toEqual(['"a\uFFFD\uFFFD"']);
    expect(read(byteByByte(bytes))).toEqual(['"a\uFFFD\uFFFD"']);
  });

  it('keeps nothing of what was read once it is closed', () => {
    const decoder = new LineDecoder('acme');
    decoder.push(bytesOf('1\n2\n'));
    expect(decoder.next()).toMatchObject({ data: '1' });
    decoder.close();
    expect(decoder.next()).toBeUndefined();
  });

  it('refuses a line above the limit of 16 MiB', () => {
    const mebibyte = bytesOf('x'.repeat(1024 * 1024));
    expect(() => read(Array.from({ length: 17 }, () => mebibyte))).toThrowError(
      expect.objectContaining({
        code: 'bad-response',
        message: expect.stringContaining('acme: one line of the stream is longer than the limit of 16 MiB'),
      }),
    );
  });
});
