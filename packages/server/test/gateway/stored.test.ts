// Responses that are kept: the next request names the one before it, and nobody gets another's.
import OpenAI from 'openai';
import { describe, expect, it } from 'vitest';
import { memoryResponses } from '../../src/stored/memory-responses.ts';
import { gatewayOf, post, saying, start, stop, text, usage } from '../made-up.ts';

const hello = saying([start()], [text('Hello')], [stop, usage]);
const clientOf = (url: string, apiKey = 'one') => new OpenAI({ baseURL: `${url}/v1`, apiKey, maxRetries: 0 });

describe('a response', () => {
  it.each([false, true])('can be gone on from by its id (stream: %s)', async (stream) => {
    const { url, seen } = await gatewayOf(hello);
    const { responses } = clientOf(url);
    const first = await lastOf(responses, { model: 'model-a', input: 'One', stream });
    const second = await lastOf(responses, {
      model: 'model-a',
      input: 'Two',
      stream,
      previous_response_id: first.id,
    });
    expect(second.previous_response_id).toBe(first.id);
    await lastOf(responses, { model: 'model-a', input: 'Three', stream, previous_response_id: second.id });
    const said = seen.requests.map(({ messages }) =>
      messages.map(({ role, content }) => [role, textOf(content)]),
    );
    expect(said[2]).toEqual([
      ['user', 'One'],
      ['assistant', 'Hello'],
      ['user', 'Two'],
      ['assistant', 'Hello'],
      ['user', 'Three'],
    ]);
  });

  it('is given, and forgotten when it is deleted', async () => {
    const { url } = await gatewayOf(hello);
    const { responses } = clientOf(url);
    const made = await responses.create({ model: 'model-a', input: 'One', store: true });
    expect(made).toMatchObject({ store: true });
    expect(JSON.stringify(made)).not.toContain('not stored');
    expect(await responses.retrieve(made.id)).toMatchObject({ id: made.id, output_text: 'Hello' });
    await responses.delete(made.id);
    await expect(responses.retrieve(made.id)).rejects.toBeInstanceOf(OpenAI.NotFoundError);
  });

  it('is not kept against the caller’s wish', async () => {
    const { url } = await gatewayOf(hello);
    const made = await clientOf(url).responses.create({ model: 'model-a', input: 'One', store: false });
    await expect(clientOf(url).responses.retrieve(made.id)).rejects.toBeInstanceOf(OpenAI.NotFoundError);
  });

  it('is nobody’s but the caller’s', async () => {
    const { url } = await gatewayOf(hello, { keys: ['one', 'two'] });
    const made = await clientOf(url).responses.create({ model: 'model-a', input: 'Secret' });
    const other = clientOf(url, 'two').responses;
    await expect(other.retrieve(made.id)).rejects.toBeInstanceOf(OpenAI.NotFoundError);
    await expect(other.delete(made.id)).rejects.toBeInstanceOf(OpenAI.NotFoundError);
    await expect(
      other.create({ model: 'model-a', input: 'Go on', previous_response_id: made.id }),
    ).rejects.toThrow(/previous_response_id/);
    expect((await clientOf(url).responses.retrieve(made.id)).id).toBe(made.id);
  });

  it.each([{}, { responses: false } as const])(
    'that is not kept for the caller is 404 where there are keys (%j)',
    async (more) => {
      const { url, seen } = await gatewayOf(hello, { keys: ['one'], ...more });
      const status = async (body: object) => {
        const headers = { authorization: 'Bearer one' };
        const answer = await post(`${url}/v1/responses`, { model: 'model-a', input: 'a', ...body }, headers);
        return [answer.status, ((await answer.json()) as { error?: { param?: string } }).error?.param];
      };
      expect(await status({ previous_response_id: 'resp_1' })).toEqual([404, 'previous_response_id']);
      expect(await status({ conversation: 'conv_1' })).toEqual([400, 'conversation']);
      expect(await status({ input: [{ type: 'item_reference', id: 'msg_1' }] })).toEqual([400, 'input']);
      expect(await status({ input: [{ id: 'msg_1' }] })).toEqual([400, 'input']);
      expect(seen.requests).toEqual([]);
    },
  );

  it('is kept nowhere where the operator wants none', async () => {
    const { url } = await gatewayOf(hello, { responses: false });
    const made = (await (await post(`${url}/v1/responses`, { model: 'model-a', input: 'One' })).json()) as {
      id: string;
    };
    expect((await fetch(`${url}/v1/responses/${made.id}`)).status).toBe(404);
  });
});

/** The whole response, whether it came as a stream or not. */
async function lastOf(responses: OpenAI['responses'], params: object): Promise<OpenAI.Responses.Response> {
  const answer = await responses.create(params as OpenAI.Responses.ResponseCreateParams);
  if (!(Symbol.asyncIterator in answer)) return answer;
  for await (const event of answer) if (event.type === 'response.completed') return event.response;
  throw new Error('no response was completed');
}

const textOf = (content: unknown): unknown =>
  Array.isArray(content) ? content.map(({ text: part }) => part).join('') : content;

describe('memory', () => {
  const stored = (words: string) => ({
    response: { id: words, object: 'response', created_at: 1, model: 'm', output: [] } as const,
    input: [],
  });

  it('keeps the newest, up to a number and a size', () => {
    const few = memoryResponses({ responses: 2, characters: 10_000 });
    for (const id of ['a', 'b', 'c']) void few.set(id, stored(id));
    expect([few.get('a'), few.get('c')]).toEqual([undefined, stored('c')]);
    const small = memoryResponses({ responses: 9, characters: 300 });
    for (const id of ['a', 'b', 'c', 'd']) void small.set(id, stored(id));
    expect([small.get('a'), small.get('d')]).toEqual([undefined, stored('d')]);
    void small.set('large', stored('x'.repeat(400)));
    expect([small.get('large'), small.get('d')]).toEqual([undefined, stored('d')]);
  });
});
