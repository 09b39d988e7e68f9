// What is sound and what is not, by its first bytes; and the header before samples.
import { describe, expect, it } from 'vitest';
import { readSound } from '../../../src/wires/sound/read-sound.ts';
import { soundType, tellsSound } from '../../../src/wires/sound/sound-type.ts';
import { samplesOf, wavHeader } from '../../../src/wires/sound/wav.ts';

const bytes = (text: string): Uint8Array => Uint8Array.from(text, (one) => one.charCodeAt(0));

describe('the kind of sound', () => {
  it.each([
    ['ID3\x04\0\0', 'audio/mpeg'],
    ['\xff\xfb\x90\x64', 'audio/mpeg'],
    ['\xff\xf1\x50\x80', 'audio/aac'],
    ['RIFF\xff\xff\xff\xffWAVEfmt ', 'audio/wav'],
    ['OggS\0\x02', 'audio/ogg'],
    ['fLaC\0\0\0\x22', 'audio/flac'],
    ['\0\0\0\x20ftypM4A ', 'audio/mp4'],
    ['\x1aE\xdf\xa3\x01', 'audio/webm'],
  ])('is told by %j, whatever the header says', (begins, type) => {
    expect(soundType(bytes(begins), 'text/plain', 'mp3')).toBe(type);
  });

  it.each([
    '{"error":{}}',
    ' \n{ "error": 1}',
    '[]',
    '[{"a":1}]',
    '<!doctype html>',
    '<html>',
    '\n<?xml version',
    '\xef\xbb\xbf<!doctype html>',
    'Internal Server Error',
    'upstream connect error or disconnect/reset before headers',
    'error: quota exceeded',
    'Zu viele Anfragen f\xc3\xbcr heute',
    'A letter that is cut \xe2\x82',
    '<h1>Grenoble \xe9',
    '\n\n',
  ])('is none of %j, even where it is called sound', (begins) => {
    expect(soundType(bytes(begins), 'audio/mpeg', 'mp3')).toBeUndefined();
    expect(soundType(bytes(begins), undefined, 'pcm')).toBeUndefined();
  });

  it('is none where it is called a text', () => {
    for (const type of ['application/json', 'text/html; charset=utf-8', 'application/problem+json'])
      expect(soundType(bytes('abcdefgh'), type, 'mp3')).toBeUndefined();
    expect(soundType(new Uint8Array(), 'audio/mpeg', 'mp3')).toBeUndefined();
  });

  it('of samples is what the header or the format says, however they begin', () => {
    expect(soundType(bytes('ID3\0'), 'audio/pcm;rate=16000', 'pcm')).toBe('audio/pcm;rate=16000');
    expect(soundType(bytes('\0\0\0\0'), 'application/octet-stream', 'pcm')).toBe('audio/pcm');
    expect(soundType(bytes('{\x05\x01'), undefined, 'pcm')).toBe('audio/pcm');
  });

  it('is not known, and sound all the same, where it is no text', () => {
    for (const begins of ['\x01\x02\x03\x04', 'abc\0', '\xff\xfe\xfd\xfc', 'caf\xe9 noir, binary'])
      expect(soundType(bytes(begins), 'audio/x-own', 'flac')).toBe('audio/x-own');
  });

  it('is told as soon as it is known, or cannot be a text', () => {
    for (const begins of ['ID3', 'OggS', '\xff\xfb', `\0${'a'.repeat(11)}`])
      expect(tellsSound(bytes(begins))).toBe(true);
    for (const begins of ['', ' \n', '{', '[', ' <', 'I', 'RIFF', '\0', 'Internal Server Error'])
      expect(tellsSound(bytes(begins))).toBe(false);
    expect(tellsSound(bytes(`{${' '.repeat(63)}`))).toBe(true);
  });
});

describe('a body of sound', () => {
  const read = async (pieces: readonly string[], headers: Readonly<Record<string, string>>) => {
    const body = (async function* () {
      for (const piece of pieces) yield bytes(piece);
    })();
    const response = { status: 200, headers, body, release: () => undefined };
    const asked = { provider: 'acme', model: 'm', url: 'https://acme.example/v1' };
    let text = '';
    for await (const { audio } of readSound({ response, asked }, 'mp3'))
      text += Buffer.from(audio).toString();
    return text;
  };

  it('is whole when as many bytes have come as were promised, or none were', async () => {
    expect(await read(['ID3', 'abc'], { 'content-length': '6' })).toBe('ID3abc');
    expect(await read(['ID3', '', 'abc'], {})).toBe('ID3abc');
    expect(await read(['ID3abc'], { 'content-length': '3', 'content-encoding': 'gzip' })).toBe('ID3abc');
  });

  it('is cut where fewer have come, though nothing broke', async () => {
    await expect(read(['ID3', 'abc'], { 'content-length': '7' })).rejects.toMatchObject({
      code: 'stream-truncated',
      provider: 'acme',
    });
  });

  it('is told from a page that comes in pieces', async () => {
    await expect(read([' ', '<', '!doctype html>'], {})).rejects.toMatchObject({ code: 'bad-response' });
    await expect(read([...'Internal Server Error'], { 'content-type': 'audio/mpeg' })).rejects.toThrow(
      '"Internal Server Error"',
    );
    expect(await read([...'ID3abc'], {})).toBe('ID3abc');
    await expect(read([], { 'content-type': 'audio/mpeg' })).rejects.toThrow('sent an empty body');
  });
});

it('writes the header of a WAV file', () => {
  const samples = samplesOf('audio/L16;codec=pcm;rate=16000;channels=2');
  expect(samples).toEqual({ rate: 16_000, channels: 2 });
  expect(samplesOf('audio/pcm')).toEqual({ rate: 24_000, channels: 1 });
  expect(samplesOf('audio/mpeg')).toBeUndefined();
  const header = Buffer.from(wavHeader({ rate: 16_000, channels: 2 }));
  expect(header.toString('latin1', 0, 4) + header.toString('latin1', 8, 16)).toBe('RIFFWAVEfmt ');
  expect([
    header.readUInt16LE(22),
    header.readUInt32LE(24),
    header.readUInt32LE(28),
    header.readUInt16LE(32),
  ]).toEqual([2, 16_000, 64_000, 4]);
  expect(header).toHaveLength(44);
});
