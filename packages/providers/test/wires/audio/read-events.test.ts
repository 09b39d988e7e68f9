// A streamed transcription: what comes before its first event, and how much work that may make.
import { LIMITS } from '@g4f/core';
import { describe, expect, it } from 'vitest';
import { readEvents } from '../../../src/wires/transcript/read-events.ts';

const DONE = 'data: {"type":"transcript.text.done","text":"Hello"}\n\n';

async function read(pieces: Iterable<string | Uint8Array>): Promise<readonly unknown[]> {
  const body = (async function* () {
    for (const piece of pieces) yield typeof piece === 'string' ? new TextEncoder().encode(piece) : piece;
  })();
  const response = { status: 200, headers: {}, body, release: () => undefined };
  const asked = { provider: 'acme', model: 'm', url: 'https://acme.example/v1' };
  const events: unknown[] = [];
  for await (const event of readEvents(
    { response, asked },
    () => ({ type: 'transcript.text.done', text: 'of an event' }),
    (whole) => [{ type: 'transcript.text.done', text: whole }],
  ))
    events.push(event);
  return events;
}

describe('what comes before the first event', () => {
  it('may be blanks, in any pieces, and a byte order mark', async () => {
    const event = [{ type: 'transcript.text.done', text: 'of an event' }];
    expect(await read([DONE])).toEqual(event);
    expect(await read([' \n', '\r\n', `\t${DONE}`])).toEqual(event);
    expect(
      await read(Array.from(new TextEncoder().encode(`\uFEFF\n${DONE}`), (one) => Uint8Array.of(one))),
    ).toEqual(event);
    expect(await read(['\uFEFF', '\n', '{"text":"x"}'])).toEqual([
      { type: 'transcript.text.done', text: '{"text":"x"}' },
    ]);
  });

  it('is looked at once, however small the pieces are: each byte is read once', async () => {
    let reads = 0;
    const blank = new Proxy(new Uint8Array([0x20, 0x20]), {
      get(bytes, name) {
        if (name === '0' || name === '1') reads += 1;
        const value = Reflect.get(bytes, name, bytes);
        return typeof value === 'function' ? value.bind(bytes) : value;
      },
    });
    await read([...Array.from({ length: 1000 }, () => blank), DONE]);
    expect(reads).toBe(2000);
  });

  it('ends at a limit', async () => {
    const blanks = new Uint8Array(LIMITS.frameBytes / 4).fill(0x20);
    let sent = 0;
    const endless = (function* () {
      for (;;) {
        sent += 1;
        yield blanks;
      }
    })();
    await expect(read(endless)).rejects.toMatchObject({ code: 'bad-response', provider: 'acme' });
    expect(sent).toBe(5);
  });
});
