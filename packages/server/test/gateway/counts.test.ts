// What is counted, for Prometheus and for the log, and of tokens before they are sent.
import { channel } from 'node:diagnostics_channel';
import { G4FError } from '@g4f/core';
import { describe, expect, it } from 'vitest';
import type { RequestRecord } from '../../src/index.ts';
import { failing, gatewayOf, post, saying, start, stop, text, usage } from '../made-up.ts';

const hello = saying([start()], [text('Hello')], [stop, usage]);
const chat = { model: 'model-a', messages: [{ role: 'user', content: 'Hello' }] };

/** Collects records, and waits for as many as are asked for. */
function recorder() {
  const records: RequestRecord[] = [];
  let wake = (): void => undefined;
  return {
    onRequest(record: RequestRecord) {
      records.push(record);
      wake();
    },
    async first(count: number): Promise<readonly RequestRecord[]> {
      while (records.length < count)
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      return records;
    },
  };
}

describe('onRequest', () => {
  it('is told of each request once, with its end', async () => {
    const { onRequest, first } = recorder();
    const { url } = await gatewayOf(hello, { onRequest });
    const answer = await post(`${url}/v1/chat/completions`, { ...chat, stream: true });
    await answer.text();
    await (await fetch(`${url}/nothing`)).text();
    expect(await first(2)).toMatchObject([
      {
        requestId: answer.headers.get('x-request-id'),
        method: 'POST',
        route: '/v1/chat/completions',
        status: 200,
        isComplete: true,
        model: 'model-a',
        provider: 'made-up',
      },
      { route: undefined, status: 404, code: 'not-found' },
    ]);
  });

  it('is told of a stream that failed, and cannot harm an answer', async () => {
    const { onRequest, first } = recorder();
    const broken = failing(
      new G4FError('The line went dead.', { code: 'network' }),
      [start()],
      [text('Half')],
    );
    const { url } = await gatewayOf(broken, { onRequest });
    await (await post(`${url}/v1/chat/completions`, { ...chat, stream: true })).text();
    expect(await first(1)).toMatchObject([{ status: 200, code: 'network', isComplete: true }]);
  });

  it('is told that a caller left', async () => {
    const { onRequest, first } = recorder();
    const silent = async function* () {
      yield [start()];
      yield [text('Half')];
      await new Promise(() => undefined);
    };
    const { url } = await gatewayOf(silent, { onRequest });
    const leaving = new AbortController();
    await fetch(`${url}/v1/chat/completions`, {
      method: 'POST',
      body: JSON.stringify({ ...chat, stream: true }),
      signal: leaving.signal,
    });
    leaving.abort();
    expect(await first(1)).toMatchObject([{ status: 200, isComplete: false }]);
  });
});

describe('/metrics', () => {
  const read = async (url: string, key?: string) =>
    fetch(`${url}/metrics`, { headers: key === undefined ? {} : { authorization: `Bearer ${key}` } });

  it('counts requests and calls, and labels only models that are known', async () => {
    const { onRequest, first } = recorder();
    const { url } = await gatewayOf(hello, { metrics: true, onRequest, models: { mine: ['openai:gpt-4o'] } });
    for (const model of ['model-a', 'invented-by-a-caller', 'mine'])
      await (await post(`${url}/v1/chat/completions`, { ...chat, model })).text();
    await first(3);
    const answer = await read(url);
    expect(answer.headers.get('content-type')).toContain('text/plain');
    const counts = await answer.text();
    expect(counts).toMatch(
      /g4f_gateway_requests_total\{route="\/v1\/chat\/completions",status="200",model="model-a"\} 1/,
    );
    expect(counts).toMatch(/model="other"/);
    expect(counts).toMatch(/model="mine"/);
    expect(counts).not.toContain('invented');
    expect(counts).toMatch(/g4f_attempts_total\{provider="made-up",outcome="ok"\} [2-9]/);
    expect(counts).toMatch(/g4f_tokens_total\{provider="made-up",model="model-a",kind="completion"\} 7/);
  });

  it.each([-5, Number.NaN, Number.POSITIVE_INFINITY])(
    'takes %d tokens for none, and throws at nobody',
    async (prompt_tokens) => {
      const absurd = { type: 'usage', usage: { ...usage.usage, prompt_tokens } } as const;
      const { onRequest, first } = recorder();
      const { url } = await gatewayOf(saying([start()], [text('Hi')], [stop, absurd]), {
        metrics: true,
        onRequest,
      });
      await (await post(`${url}/v1/chat/completions`, chat)).text();
      await first(1);
      expect(await (await read(url)).text()).toMatch(
        /g4f_tokens_total\{provider="made-up",model="model-a",kind="prompt"\} 0\n/,
      );
    },
  );

  it('listens to no call when its gateway has been closed', async () => {
    const { close } = await gatewayOf(hello, { metrics: true });
    expect(channel('g4f:finish').hasSubscribers).toBe(true);
    await close();
    await expect.poll(() => channel('g4f:finish').hasSubscribers).toBe(false);
  });

  it('is 404 where nothing is counted, and asks for the key that the operator chose', async () => {
    expect((await read((await gatewayOf(hello)).url)).status).toBe(404);
    const statuses = async (metrics: object | true) => {
      const { url } = await gatewayOf(hello, { metrics, keys: ['of-callers'] });
      return [await read(url), await read(url, 'of-callers'), await read(url, 'of-scrapers')].map(
        ({ status }) => status,
      );
    };
    expect(await statuses(true)).toEqual([401, 200, 401]);
    expect(await statuses({ key: 'of-scrapers' })).toEqual([401, 401, 200]);
    expect(await statuses({ open: true })).toEqual([200, 200, 200]);
    // However the path is written.
    const { url } = await gatewayOf(hello, { metrics: { key: 'of-scrapers' }, keys: ['of-callers'] });
    const headers = { authorization: 'Bearer of-callers' };
    expect((await fetch(`${url}/%6detrics`, { headers })).status).not.toBe(200);
  });
});

describe('/v1/providers', () => {
  it('tells who can be asked and how each does, and no address', async () => {
    const { url } = await gatewayOf(hello);
    await (await post(`${url}/v1/chat/completions`, chat)).text();
    const { data } = (await (await fetch(`${url}/v1/providers`)).json()) as { data: { id: string }[] };
    expect(data.find(({ id }) => id === 'made-up')).toMatchObject({
      object: 'provider',
      models: expect.arrayContaining(['model-a']),
      health: [{ operation: 'chat', state: 'closed', requests: 1, failures: 0 }],
    });
  });

  it('tells of a failure its code alone', async () => {
    const { url } = await gatewayOf(failing(new G4FError('secret words', { code: 'server' }), [start()]));
    await (await post(`${url}/v1/chat/completions`, chat)).text();
    const told = await (await fetch(`${url}/v1/providers`)).text();
    expect(told).toContain('"code":"server"');
    expect(told).not.toContain('secret');
  });
});

describe('tokens', () => {
  const messages = [{ role: 'user', content: 'The quick brown fox jumps over the lazy dog.' }];
  const count = async (url: string, path: string, body: object, field: string) => {
    const answer = await post(url + path, body);
    expect([answer.status, answer.headers.get('x-g4f-estimate')]).toEqual([200, 'true']);
    return ((await answer.json()) as Record<string, number>)[field] ?? 0;
  };

  it('are estimated at Anthropic’s and Gemini’s address, and nobody is asked', async () => {
    const { url, seen } = await gatewayOf(hello);
    const claude = (body: object) =>
      count(url, '/v1/messages/count_tokens', { model: 'm', messages, ...body }, 'input_tokens');
    const plain = await claude({});
    expect(plain).toBeGreaterThan(8);
    expect(plain).toBeLessThan(25);
    const tools = [
      { name: 'weather', description: 'Tells the weather of a city', input_schema: { type: 'object' } },
    ];
    expect(await claude({ tools })).toBeGreaterThan(plain + 10);
    const picture = {
      type: 'image',
      source: { type: 'base64', media_type: 'image/png', data: 'A'.repeat(40_000) },
    };
    expect(await claude({ messages: [{ role: 'user', content: [picture] }] })).toBeLessThan(1700);
    const contents = [{ role: 'user', parts: [{ text: messages[0]?.content }] }];
    const path = '/v1beta/models/m:countTokens';
    expect(await count(url, path, { contents }, 'totalTokens')).toBe(plain);
    expect(await count(url, path, { generateContentRequest: { contents } }, 'totalTokens')).toBe(plain);
    expect(seen.requests).toEqual([]);
  });

  it('of what cannot be read are 400', async () => {
    const { url } = await gatewayOf(hello);
    expect((await post(`${url}/v1/messages/count_tokens`, { model: 'm', messages: 7 })).status).toBe(400);
  });
});
