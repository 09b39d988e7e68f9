// What the page is made of, without a browser: events cut anywhere, blocks that are settled once. The page itself: apps/cli/test/gui.test.ts.
import { describe, expect, it, vi } from 'vitest';
import { askChat } from '../src/ask.ts';
import { Blocks } from '../src/blocks.ts';
import { chatting } from '../src/choose-model.ts';
import { readEvents } from '../src/read-events.ts';

const STREAM = 'data: {"a":"é"}\r\n\r\n: alive\n\ndata:{"b":1}\n\ndata: [DONE]';
const TEXT = `# Title

One *paragraph*
of two lines.

- a
- b

  more of b

\`\`\`js
const a = 1;

const b = 2;
\`\`\`

| a | b |
|---|---|
| 1 | 2 |

end`;

const streamOf = (bytes: Uint8Array, size: number): ReadableStream<Uint8Array> =>
  new ReadableStream({
    start(controller) {
      for (let at = 0; at < bytes.length; at += size) controller.enqueue(bytes.slice(at, at + size));
      controller.close();
    },
  });

it.each([1, 2, 7, 1000])('events are the same in pieces of %i bytes', async (size) => {
  const events: string[] = [];
  for await (const data of readEvents(streamOf(new TextEncoder().encode(STREAM), size))) events.push(data);
  expect(events).toEqual(['{"a":"é"}', '{"b":1}', '[DONE]']);
});

it('a reader that leaves closes the stream', async () => {
  let isClosed = false;
  const body = new ReadableStream<Uint8Array>({
    pull: (controller) => controller.enqueue(new TextEncoder().encode('data: x\n')),
    cancel: () => {
      isClosed = true;
    },
  });
  for await (const data of readEvents(body)) if (data === 'x') break;
  expect(isClosed).toBe(true);
});

it('offers no model that only embeds', () => {
  const models = [
    { id: 'a', output: ['embedding'] },
    { id: 'my-embedder' },
    { id: 'b', output: ['text'] },
    { id: 'c' },
  ];
  expect(chatting(models).map(({ id }) => id)).toEqual(['b', 'c']);
});

it('a gateway that has stopped is said to be so', async () => {
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')));
  const asked = askChat({ model: 'b', messages: [], key: '', signal: new AbortController().signal });
  await expect(asked.next()).rejects.toThrow('The gateway does not answer');
  vi.unstubAllGlobals();
});

describe('blocks', () => {
  it.each([1, 3, 50, 1000])('of pieces of %i characters are the blocks of the whole text', (size) => {
    const blocks = new Blocks();
    const settled: string[] = [];
    let open = '';
    for (let at = 0; at < TEXT.length; at += size) {
      const change = blocks.write(TEXT.slice(at, at + size));
      settled.push(...change.settled);
      ({ open } = change);
    }
    expect([...settled, open].map((block) => block.trim())).toEqual([
      '# Title',
      'One *paragraph*\nof two lines.',
      '- a\n- b\n\n  more of b',
      '```js\nconst a = 1;\n\nconst b = 2;\n```',
      '| a | b |\n|---|---|\n| 1 | 2 |',
      'end',
    ]);
  });
});

describe('an answer that breaks off', () => {
  const EVENT = `data: ${JSON.stringify({ choices: [{ delta: { content: 'a' } }] })}\n\n`;
  const answers = (text: string, failure?: Error) => {
    let isSent = false;
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        if (!isSent) controller.enqueue(new TextEncoder().encode(text));
        else if (failure === undefined) controller.close();
        else controller.error(failure);
        isSent = true;
      },
    });
    vi.stubGlobal('fetch', () => Promise.resolve(new Response(body)));
    return askChat({ model: 'b', messages: [], key: '', signal: new AbortController().signal });
  };
  const whole = async (pieces: AsyncIterable<unknown>): Promise<void> => {
    for await (const _ of pieces);
  };

  it('is told in words of the page, and not in those of the browser', async () => {
    await expect(whole(answers(EVENT, new TypeError('Error in input stream')))).rejects.toThrow(
      /^The connection ended before the answer did\./,
    );
    await expect(whole(answers(EVENT))).rejects.toThrow(/^The connection ended before the answer did\./);
    await expect(whole(answers('data: <html>\n\n'))).rejects.toThrow(/^What came is not of the gateway/);
    vi.unstubAllGlobals();
  });
});
