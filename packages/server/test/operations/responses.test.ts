// `POST /v1/responses`, read by OpenAI's own library, and by our own wire.
import { AsyncClient } from '@g4f/client';
import { G4FError } from '@g4f/core';
import OpenAI from 'openai';
import { describe, expect, it } from 'vitest';
import { all, failing, gatewayOf, post, saying, start, stop, text, usage } from '../made-up.ts';

const asked = { model: 'model-a', input: 'Hello' };
const clientOf = (url: string) => new OpenAI({ baseURL: `${url}/v1`, apiKey: 'any', maxRetries: 0 });
const hello = saying([start()], [text('Hello, ')], [text('world')], [stop, usage]);
const halfFailing = failing(
  new G4FError('The line went dead.', { code: 'network' }),
  [start()],
  [text('Half')],
);

describe('responses', () => {
  it('gives a whole response and who answered', async () => {
    const { url } = await gatewayOf(hello);
    const { data, response } = await clientOf(url).responses.create(asked).withResponse();
    expect(data).toMatchObject({ object: 'response', status: 'completed', output_text: 'Hello, world' });
    expect(data.usage?.total_tokens).toBe(18);
    expect(response.headers.get('x-g4f-provider')).toBe('made-up');
    expect(response.headers.get('x-g4f-model')).toBe('m');
  });

  it('gives the events by their names, numbered, the complete response last', async () => {
    const { url } = await gatewayOf(hello);
    const answer = await post(`${url}/v1/responses`, { ...asked, stream: true });
    expect(answer.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    expect(answer.headers.get('x-g4f-provider')).toBe('made-up');
    const names = [...(await answer.text()).matchAll(/^event: (.*)$/gm)].map(([, name]) => name);
    expect([names[0], names.at(-1)]).toEqual(['response.created', 'response.completed']);

    const events = await all(await clientOf(url).responses.create({ ...asked, stream: true }));
    expect(events.map(({ type }) => type)).toEqual(names);
    expect(events.map(({ sequence_number }) => sequence_number)).toEqual(events.map((_, at) => at));
    const final = await clientOf(url).responses.stream(asked).finalResponse();
    expect(final.output).toMatchObject([{ type: 'message', content: [{ text: 'Hello, world' }] }]);
  });

  it('has a status of its own for a failure before the first content', async () => {
    for (const stream of [true, false]) {
      const { url } = await gatewayOf(failing(new G4FError('Slow.', { code: 'rate-limit' }), [start()]));
      const failure = Promise.resolve(clientOf(url).responses.create({ ...asked, stream }));
      await expect(failure).rejects.toBeInstanceOf(OpenAI.RateLimitError);
    }
  });

  it('tells of a failure in the middle, and has no good end', async () => {
    const { url } = await gatewayOf(halfFailing);
    const said = await (await post(`${url}/v1/responses`, { ...asked, stream: true })).text();
    const [last = ''] = said.trim().split('\n\n').slice(-1);
    const [name = '', data = ''] = last.split('\n');
    expect(name).toBe('event: error');
    const before = said.split('\n\n').length - 2;
    expect(JSON.parse(data.slice('data: '.length))).toMatchObject({
      type: 'error',
      code: 'network',
      message: expect.stringContaining('The line went dead'),
      sequence_number: before,
    });
    expect(said).not.toMatch(/response\.completed|\[DONE\]/);

    let heard = '';
    const reading = (async () => {
      for await (const event of await clientOf(url).responses.create({ ...asked, stream: true }))
        if (event.type === 'response.output_text.delta') heard += event.delta;
    })();
    await expect(reading).rejects.toThrow(/The line went dead/);
    expect(heard).toBe('Half');
  });

  it('is read by the wire of this protocol', async () => {
    const reader = (url: string) =>
      new AsyncClient({
        provider: 'openai-responses',
        baseURL: `${url}/v1`,
        apiKey: 'any',
        maxRetries: 0,
        env: {},
      });
    const good = await gatewayOf(hello);
    const stream = reader(good.url).responses.stream(asked);
    expect((await stream.finalResponse()).output_text).toBe('Hello, world');
    const bad = await gatewayOf(halfFailing);
    await expect(reader(bad.url).responses.stream(asked).finalResponse()).rejects.toThrow(
      /The line went dead/,
    );
  });

  it('keeps no responses, so that none can be asked for or deleted', async () => {
    const { url } = await gatewayOf(hello);
    for (const method of ['GET', 'DELETE'])
      expect((await fetch(`${url}/v1/responses/resp_1`, { method })).status).toBe(404);
  });

  it('refuses what is neither true nor false for stream', async () => {
    const { url } = await gatewayOf(hello);
    const answer = await post(`${url}/v1/responses`, { ...asked, stream: 'yes' });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ error: { param: 'stream' } });
  });
});
