// The body of a streamed answer: what is written at once, and what a caller that reads slowly keeps back.
import { describe, expect, it } from 'vitest';
import { toResponse } from '../../src/answer/web-response.ts';
import type { ChunkWriter } from '../../src/dialects/dialect.ts';
import { chunkBody } from '../../src/exchange/chunk-body.ts';

const writer: ChunkWriter<string> = {
  write: (chunk) => {
    if (chunk === 'unfit') throw new Error('unfit');
    return chunk;
  },
  end: () => '[end]',
  fail: ({ message }) => `[failed: ${message}]`,
};

const written = (stream: AsyncIterator<string>, begun: readonly string[] = []) =>
  toResponse({
    status: 200,
    headers: {},
    body: chunkBody(begun, stream, writer, {
      keepAlive: 0,
      outcome: {},
      tell: async (thrown) => ({ status: 500, code: 'bad-response', message: String(thrown) }),
    }),
  }).body ?? new ReadableStream();

async function writesOf(body: ReadableStream<Uint8Array>): Promise<readonly string[]> {
  const writes: string[] = [];
  for await (const bytes of body) writes.push(new TextDecoder().decode(bytes));
  return writes;
}

/** Chunks that are there when they are asked for. */
function there(
  chunks: readonly string[],
  andThen: () => IteratorResult<string> = () => ({ done: true, value: undefined }),
) {
  let read = 0;
  const iterator: AsyncIterator<string> = {
    next: async () => {
      const chunk = chunks[read];
      if (chunk === undefined) return andThen();
      read += 1;
      return { done: false, value: chunk };
    },
  };
  return { iterator, read: () => read };
}

describe('the body of a streamed answer', () => {
  it('writes what is there at once, with what has been read before', async () => {
    const { iterator } = there(['b', '', 'c']);
    expect(await writesOf(written(iterator, ['a']))).toEqual(['abc[end]']);
  });

  it('does not hold back a chunk for the next one', async () => {
    const late = (async function* () {
      for (const chunk of ['a', 'b', 'c']) {
        await new Promise(setImmediate);
        yield chunk;
      }
      await new Promise(setImmediate);
    })();
    expect(await writesOf(written(late))).toEqual(['a', 'b', 'c', '[end]']);
  });

  it('writes what came before a failure', async () => {
    const { iterator } = there(['a', 'b'], () => {
      throw new Error('cut');
    });
    expect((await writesOf(written(iterator))).join('')).toBe('ab[failed: Error: cut]');
  });

  it('writes what came before a chunk that cannot be written', async () => {
    const { iterator } = there(['a', 'unfit', 'b']);
    expect((await writesOf(written(iterator))).join('')).toBe('a[failed: Error: unfit]');
  });

  it('asks for no more than one write ahead of its reader', async () => {
    const kilobyte = 'x'.repeat(1024);
    const { iterator, read } = there(Array.from({ length: 1000 }, () => kilobyte));
    const reader = written(iterator).getReader();
    const { value } = await reader.read();
    await new Promise(setImmediate);
    expect(value).toHaveLength(32 * 1024);
    expect(read()).toBeLessThanOrEqual(33);
  });
});
