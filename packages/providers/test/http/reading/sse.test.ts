// Server-sent events come out the same however they are written and cut.
import { createParser } from 'eventsource-parser';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Frame } from '../../../src/http/reading/frames.ts';
import { SseDecoder } from '../../../src/http/reading/sse.ts';
import { framesIn, readFrames } from '../read-frames.ts';
import { cpuMs } from '../service.ts';

const bytesOf = (text: string): Buffer => Buffer.from(text, 'utf8');

const read = (chunks: readonly Uint8Array[], limit?: number): Frame[] =>
  readFrames(new SseDecoder('acme', limit), chunks);

const byteByByte = (bytes: Uint8Array): Uint8Array[] =>
  Array.from(bytes, (_, index) => bytes.subarray(index, index + 1));

const cutAt = (bytes: Uint8Array, cuts: readonly number[]): Uint8Array[] => {
  const places = [...new Set(cuts.map((cut) => cut % (bytes.length + 1)))].sort((a, b) => a - b);
  return [...places, bytes.length].map((to, index) => bytes.subarray(places[index - 1] ?? 0, to));
};

const stray = (data: string): Frame => ({ event: 'message', data, isStray: true });

const message = (data: string): Frame => ({ event: 'message', data });

describe('server-sent events', () => {
  it.each<[string, string, Frame[]]>([
    ['LF', 'data: a\n\ndata: b\n\n', [message('a'), message('b')]],
    ['CR', 'data: a\r\rdata: b\r\r', [message('a'), message('b')]],
    ['CRLF', 'data: a\r\n\r\ndata: b\r\n\r\n', [message('a'), message('b')]],
    [
      'mixed line ends',
      'data: a\r\n\ndata: b\n\r\ndata: c\r\n\r',
      [message('a'), message('b'), message('c')],
    ],
    ['no space after the colon', 'data:a\n\n', [message('a')]],
    ['only one space is dropped', 'data:  a \n\n', [message(' a ')]],
    ['a byte order mark', '\uFEFFdata: a\n\n', [message('a')]],
    ['a second byte order mark is no mark', '\uFEFF\uFEFFdata: a\n\ndata: b\n\n', [message('b')]],
    ['comments', ': hello\n\n:\n\ndata: a\n: more\n\n', [message('a')]],
    [
      'the event field',
      'event: error\ndata: a\n\ndata: b\n\n',
      [{ event: 'error', data: 'a' }, message('b')],
    ],
    ['an event field without a colon', 'event: x\nevent\ndata: a\n\n', [message('a')]],
    ['id and retry', 'id: 1\nretry: 5\ndata: a\nid\n\n', [message('a')]],
    ['an unknown field', 'foo: bar\ndatum: x\ndata: a\n\n', [message('a')]],
    ['several data lines', 'data: a\ndata: b\ndata\ndata: c\n\n', [message('a\nb\n\nc')]],
    ['several data lines that end by CRLF', 'data: a\r\ndata: b\r\n\r\n', [message('a\nb')]],
    ['no closing blank line', 'data: a\n\ndata: b\n', [message('a'), message('b')]],
    ['no line end at all', 'data: a\n\ndata: b', [message('a'), message('b')]],
    ['a CR as the last byte', 'data: a\r', [message('a')]],
    ['an event without data is none', 'event: ping\n\ndata: a\n\n', [message('a')]],
    ['characters of 2, 3 and 4 bytes', 'data: é€😀\n\n', [message('é€😀')]],
    ['nothing', '', []],
    [
      'JSON outside of events',
      'data: a\n\n{"x":1}\ndata: b\n\n',
      [message('a'), stray('{"x":1}'), message('b')],
    ],
    [
      'JSON after an event that no blank line ended',
      'data: a\n[1]\ndata: b',
      [message('a'), stray('[1]'), message('b')],
    ],
    [
      'JSON over several lines',
      'data: a\n\n{\n  "x": [\n  ]\n}\n\n',
      [message('a'), stray('{\n  "x": [\n  ]\n}')],
    ],
    ['JSON without a line end', 'data: a\n\n{\n"x":1}', [message('a'), stray('{\n"x":1}')]],
    [
      'what only begins as JSON does',
      'data: a\n\n[INFO] x\n\n{\n"x":\ndata: b\n\n',
      [message('a'), message('b')],
    ],
    [
      'the error field of llama.cpp',
      'data: a\n\nerror: {"x":1}\n\n',
      [message('a'), { event: 'error', data: '{"x":1}' }],
    ],
  ])('%s', (_name, text, expected) => {
    const bytes = bytesOf(text);
    expect(read([bytes])).toEqual(expected);
    expect(read(byteByByte(bytes))).toEqual(expected);
    expect(read(byteByByte(bytes).flatMap((byte) => [byte, new Uint8Array()]))).toEqual(expected);
  });

  it('gives U+FFFD for what is not UTF-8, and throws at nothing', () => {
    const bytes = Buffer.concat([bytesOf('data: a'), Buffer.from([0xff, 0xc3, 0x28]), bytesOf('b\n\n')]);
    expect(read([bytes])).toEqual([message('a\uFFFD\uFFFD(b')]);
    expect(read(byteByByte(bytes))).toEqual([message('a\uFFFD\uFFFD(b')]);
  });

  it('gives each event as soon as its blank line is there', () => {
    const decoder = new SseDecoder('acme');
    expect(framesIn(decoder, bytesOf('data: a\r\n\r'))).toEqual([message('a')]);
    expect(framesIn(decoder, bytesOf('\ndata: b\n'))).toEqual([]);
  });

  it('shows an event as it stood only where all of it came in one read', () => {
    const decoder = new SseDecoder('acme');
    const whole = 'event: x\ndata: a\n\n';
    expect(framesIn(decoder, bytesOf(`${whole}${whole}event: x\n`))).toHaveLength(2);
    decoder.push(bytesOf('data: b\n\ndata: c\n\n'));
    expect([decoder.next(), decoder.last()]).toEqual([{ event: 'x', data: 'b' }, undefined]);
    expect([decoder.next(), decoder.last()]).toEqual([message('c'), 'data: c\n\n']);
  });

  it('agrees with an independent parser on any stream, cut anywhere', () => {
    const lineEnd = fc.constantFrom('\n', '\r', '\r\n');
    const field = fc.oneof(
      fc.tuple(
        fc.constantFrom('data', 'event', 'id', 'retry', ' data', 'Data', 'x', ''),
        fc.constantFrom(':', ': ', ':  ', ''),
        fc.string({ unit: 'grapheme', maxLength: 12 }).map((text) => text.replace(/[\r\n]/g, '')),
      ),
      fc.constant(['', '', ''] as const),
    );
    const line = fc.tuple(field, lineEnd).map(([parts, end]) => parts.join('') + end);
    const lines = fc.array(line, { maxLength: 30 });
    const damage = fc.option(fc.tuple(fc.nat(), fc.integer({ min: 0x80, max: 0xff })));
    fc.assert(
      fc.property(
        lines,
        fc.boolean(),
        damage,
        fc.array(fc.nat(), { maxLength: 12 }),
        (all, mark, hurt, cuts) => {
          const bytes = bytesOf((mark ? '\uFEFF' : '') + all.join(''));
          if (hurt !== null && bytes.length > 8) bytes[3 + (hurt[0] % (bytes.length - 3))] = hurt[1];
          const ours = read(cutAt(bytes, cuts));
          expect(ours).toEqual(reference(bytes));
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('reads a line of 8 MiB in linear time', async () => {
    const timeOf = (mebibytes: number): Promise<number> => {
      const line = bytesOf(`data: ${'x'.repeat(mebibytes * 1024 * 1024)}\n\n`);
      const chunks: Uint8Array[] = [];
      for (let at = 0; at < line.length; at += 4096) chunks.push(line.subarray(at, at + 4096));
      return cpuMs(() => expect(read(chunks)[0]?.data).toHaveLength(mebibytes * 1024 * 1024));
    };
    await timeOf(1);
    const one = Math.max(await timeOf(1), 5);
    // Quadratic would be 64 times.
    expect(Math.min(await timeOf(8), await timeOf(8), await timeOf(8))).toBeLessThan(one * 24);
  });

  it('refuses a line above the limit, but not before it is read that far, and keeps what came before', () => {
    const decoder = new SseDecoder('acme', 1024);
    expect(framesIn(decoder, bytesOf(`data: a\n\ndata: ${'x'.repeat(1000)}`))).toEqual([message('a')]);
    decoder.push(bytesOf(`x\n\ndata: ${'x'.repeat(1100)}`));
    expect(decoder.next()?.data).toHaveLength(1001);
    expect(() => decoder.next()).toThrowError(
      expect.objectContaining({
        code: 'bad-response',
        message: expect.stringContaining('acme: one line of the stream is longer than the limit'),
      }),
    );
  });

  it('refuses an event of endless lines above the limit', () => {
    const lines = Array.from({ length: 300 }, () => bytesOf('data: 12345678\n'));
    expect(() => read(lines, 1024)).toThrowError(expect.objectContaining({ code: 'bad-response' }));
    // Each line takes 32 characters besides its own while it is kept.
    expect(() => read(lines, 4096)).toThrowError(expect.objectContaining({ code: 'bad-response' }));
    expect(read(lines, 16 * 1024)).toHaveLength(1);
  });

  it('names the default limit of 16 MiB', () => {
    const mebibyte = bytesOf('x'.repeat(1024 * 1024));
    expect(() => read(Array.from({ length: 17 }, () => mebibyte))).toThrowError(/limit of 16 MiB/);
  });
});

/** The same bytes read by `eventsource-parser`; the end of the body closes the last event, as ours does. */
function reference(bytes: Uint8Array): Frame[] {
  const events: Frame[] = [];
  const parser = createParser({
    onEvent: ({ event = 'message', data }) => {
      events.push({ event, data });
    },
  });
  const text = new TextDecoder('utf-8', { ignoreBOM: false }).decode(bytes);
  // It takes a CR at the end of what it was fed for half of a CRLF.
  parser.feed(`${text}\n\n`);
  parser.feed('\n');
  return events;
}
