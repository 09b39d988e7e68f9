// An answer as it is written to a response of Node's: what a caller that reads slowly keeps back, and what one that leaves ends.
import { EventEmitter, once } from 'node:events';
import { createServer, get, type IncomingMessage, type ServerResponse } from 'node:http';
import { describe, expect, it } from 'vitest';
import { listening } from '../../../../scripts/listening.ts';
import type { Answer, PieceSource } from '../../src/answer/answer.ts';
import { send } from '../../src/node/send.ts';

/** The response to a caller, and the end of sending it. */
async function sending(answer: (outgoing: ServerResponse) => Answer) {
  const sent: Promise<void>[] = [];
  const server = createServer((_, outgoing) => {
    sent.push(send(answer(outgoing), outgoing));
  });
  const port = await listening(server);
  const request = get({ port, host: '127.0.0.1' });
  const [incoming]: IncomingMessage[] = await once(request, 'response');
  if (incoming === undefined) throw new Error('no response');
  return { incoming, request, sent: () => Promise.all(sent) };
}

const bodyOf = async (incoming: IncomingMessage): Promise<string> => {
  let body = '';
  for await (const piece of incoming.setEncoding('utf8')) body += piece;
  return body;
};
const answerOf = (body: Answer['body']): Answer => ({ status: 200, headers: { 'x-a': 'b' }, body });

/** A source of these pieces, and what becomes of it. */
function sourceOf(next: PieceSource['next']) {
  let leave = (): void => undefined;
  const left = new Promise<void>((resolve) => {
    leave = resolve;
  });
  return { source: { next, cancel: () => leave() } satisfies PieceSource, left };
}

describe('an answer on Node', () => {
  it('has the length of a text in bytes, and its headers', async () => {
    const { incoming } = await sending(() => answerOf('für'));
    expect(incoming.headers).toMatchObject({ 'content-length': '4', 'x-a': 'b' });
    expect(await bodyOf(incoming)).toBe('für');
  });

  it('writes pieces as they come, up to the last', async () => {
    const pieces = ['a', '', 'b'];
    const { source } = sourceOf(async () => {
      const data = pieces.shift();
      return data === undefined ? { data: 'c', isLast: true } : { data, isLast: false };
    });
    const { incoming } = await sending(() => answerOf(source));
    expect(await bodyOf(incoming)).toBe('abc');
    expect(incoming.complete).toBe(true);
  });

  it('writes every character of pieces, of whatever script', async () => {
    const said = ['plain', 'für', '\u0080', '€', '😀', '\0'];
    const pieces = [...said];
    const { source } = sourceOf(async () => ({ data: pieces.shift() ?? '', isLast: pieces.length === 0 }));
    const { incoming } = await sending(() => answerOf(source));
    expect(await bodyOf(incoming)).toBe(said.join(''));
  });

  it('writes a large piece in slices, each when there is room, and cuts no character', async () => {
    const large = '€'.repeat(1 << 19);
    const written: Uint8Array[] = [];
    const outgoing = Object.assign(new EventEmitter(), {
      destroyed: false,
      writeHead: () => undefined,
      write(data: string | Uint8Array) {
        written.push(Buffer.from(data));
        queueMicrotask(() => outgoing.emit('drain'));
        return false;
      },
      end: () => undefined,
      destroy: () => undefined,
    });
    let first = true;
    const { source } = sourceOf(async () => {
      const data = first ? large : '';
      first = false;
      return { data, isLast: data === '' };
    });
    await send(answerOf(source), outgoing);
    expect(Math.max(...written.map(({ length }) => length))).toBe(1 << 18);
    expect(Buffer.concat(written).toString()).toBe(large);
  });

  it('sends its headers although no piece has come', async () => {
    let say = (_: string): void => undefined;
    const said = new Promise<string>((resolve) => {
      say = resolve;
    });
    const { source } = sourceOf(async () => ({ data: await said, isLast: true }));
    const { incoming } = await sending(() => answerOf(source));
    say('late');
    expect(await bodyOf(incoming)).toBe('late');
  });

  it('asks for no further piece while the caller does not read', async () => {
    const piece = 'x'.repeat(1 << 20);
    let asked = 0;
    const { source } = sourceOf(async () => {
      asked += 1;
      return { data: piece, isLast: asked === 64 };
    });
    const { incoming, sent } = await sending(() => answerOf(source));
    incoming.pause();
    // What the sockets of the system hold has an end: afterwards nothing more is asked for.
    for (let before = -1; before !== asked; ) {
      before = asked;
      for (let turn = 0; turn < 50; turn += 1) await new Promise(setImmediate);
    }
    expect(asked).toBeLessThan(64);
    expect((await bodyOf(incoming)).length).toBe(64 << 20);
    await sent();
  });

  it('cancels its source when the caller leaves, also while a piece is awaited', async () => {
    let first = true;
    let end = (): void => undefined;
    const { source, left } = sourceOf(async () => {
      if (!first) await new Promise<void>((resolve) => (end = resolve));
      first = false;
      return { data: 'a', isLast: false };
    });
    const { incoming, request, sent } = await sending(() => answerOf(source));
    await once(incoming, 'data');
    request.destroy();
    await left;
    end();
    await sent();
  });

  it('closes the connection where a source fails: what came is no whole answer', async () => {
    let first = true;
    let fail = (): void => undefined;
    const failed = new Promise<void>((resolve) => {
      fail = resolve;
    });
    const { source } = sourceOf(async () => {
      if (!first) {
        await failed;
        throw new Error('cut');
      }
      first = false;
      return { data: 'a', isLast: false };
    });
    const { incoming, sent } = await sending(() => answerOf(source));
    const body = bodyOf(incoming);
    fail();
    await expect(body).rejects.toThrow('aborted');
    await sent();
  });

  it('takes no harm from a source that cannot be cancelled', async () => {
    const source: PieceSource = {
      next: async () => ({ data: 'a', isLast: true }),
      cancel: async () => {
        throw new Error('no');
      },
    };
    await send(answerOf(source), { destroyed: true } as ServerResponse);
  });

  it('cancels its source at once when the caller has left before', async () => {
    const { source, left } = sourceOf(async () => ({ data: 'a', isLast: true }));
    const outgoing = { destroyed: true } as ServerResponse;
    await send(answerOf(source), outgoing);
    await left;
  });
});
