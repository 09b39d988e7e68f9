// Data URLs as programs write them, in the one form that services take.
import { describe, expect, it } from 'vitest';
import { mendedURL, readDataURL } from '../../../src/wires/fit/data-url.ts';

const base64 = (...bytes: number[]): string => Buffer.from(bytes).toString('base64');

describe('what a data URL holds', () => {
  it.each<[string, string, string]>([
    ['data:image/png;base64,AAAA', 'image/png', 'AAAA'],
    ['data:image/jpg;base64,AAAA', 'image/jpeg', 'AAAA'],
    ['DATA:IMAGE/JPG;BASE64,AAAA', 'image/jpeg', 'AAAA'],
    ['data:image/png;name=a.png;base64,AAAA', 'image/png', 'AAAA'],
    ['data:text/plain;charset=utf-8,a%20b', 'text/plain', Buffer.from('a b').toString('base64')],
    ['data:,100% sure', 'text/plain', Buffer.from('100% sure').toString('base64')],
    ['data:,%', 'text/plain', Buffer.from('%').toString('base64')],
    ['data:,%zz%4', 'text/plain', Buffer.from('%zz%4').toString('base64')],
    ['data:application/octet-stream,%ff%00A', 'application/octet-stream', base64(255, 0, 65)],
    ['data:text/plain,Grüße', 'text/plain', Buffer.from('Grüße').toString('base64')],
    [
      'data:image/svg+xml,<svg a="1,2">\n</svg>',
      'image/svg+xml',
      Buffer.from('<svg a="1,2">\n</svg>').toString('base64'),
    ],
    ['data:image/png;base64,AA AA\nBB%3D%3D', 'image/png', 'AAAABB=='],
    ['data:image/png;base64,-_-_', 'image/png', '+/+/'],
  ])('%j is %s', (url, mediaType, bytes) => {
    expect(readDataURL(url)).toEqual({ mediaType, base64: bytes });
    expect(mendedURL(url)).toBe(`data:${mediaType};base64,${bytes}`);
  });

  it('leaves other addresses alone', () => {
    expect(readDataURL('https://e.example/a?data:,b')).toBeUndefined();
    expect(mendedURL('https://e.example/a.jpg')).toBe('https://e.example/a.jpg');
  });

  it('names the field where there is no data', () => {
    expect(() => readDataURL('data:image/png', 'messages[0]')).toThrow(
      /^messages\[0\]: a data URL with a comma/,
    );
    expect(() => mendedURL('data:', 'f')).toThrow(expect.objectContaining({ code: 'invalid-request' }));
  });

  it('takes a large picture in one look', () => {
    const url = `data:image/png;base64,${'A'.repeat(8_000_000)}`;
    expect(mendedURL(url)).toBe(url);
  });
});
