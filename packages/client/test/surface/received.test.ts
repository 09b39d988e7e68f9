// The id of the request and the headers of the answer: on whole answers, streams and errors of all three clients.
import type { G4FError } from '@g4f/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AsyncClient } from '../../src/async-client.ts';
import { Client } from '../../src/client.ts';
import { AsyncClient as SmallClient } from '../../src/mini.ts';
import { NOTHING_RECEIVED, withReceived } from '../../src/surface/received.ts';
import { type AnyStream, FACES, type Face } from '../faces.ts';
import { failureOf, fakeProvider, saying } from '../fake-provider.ts';
import { type Service, startService } from '../sync/service.ts';

const KEY = 'the-key-that-no-answer-shows';
const TOLD = { 'x-request-id': 'req-m', 'x-echo': 'you sent Bearer [redacted]' };

let service: Service;
const opened: Face[] = [];
beforeAll(async () => {
  service = await startService();
});
afterAll(async () => {
  for (const face of opened) face.close();
  await service.stop();
});

const hideNothing = (shown: unknown): void => {
  expect(JSON.stringify(shown)).not.toMatch(/the-key-that|session=/);
};

describe.each(Object.entries(FACES))('%s', (_, make) => {
  const face = (): Face => {
    const made = make(service.url, KEY);
    opened.push(made);
    return made;
  };
  it('a whole answer knows them, out of the way of what is printed and stored', async () => {
    const answer = await face().whole('m');
    expect(answer._request_id).toBe('req-m');
    expect(answer._headers).toMatchObject({ ...TOLD, 'content-type': 'application/json' });
    expect(answer._headers).not.toHaveProperty('set-cookie');
    expect(Object.keys(answer)).not.toContain('_request_id');
    expect(Object.keys(answer)).not.toContain('_headers');
    hideNothing(answer._headers);
  });

  it('a stream knows them from its first content on, and after its end', async () => {
    const stream = face().stream('m');
    expect([stream.requestId, stream.headers]).toEqual([undefined, undefined]);
    let chunks = 0;
    for await (const _chunk of stream) {
      chunks += 1;
      expect(stream.requestId).toBe('req-m');
      expect(stream.headers).toMatchObject({ ...TOLD, 'content-type': 'text/event-stream' });
    }
    expect(chunks).toBeGreaterThan(3);
    expect(stream.requestId).toBe('req-m');
    expect(stream.headers).not.toHaveProperty('set-cookie');
    hideNothing(stream.headers);
  });

  it('so does one that its reader leaves', async () => {
    const stream = face().stream('endless');
    for await (const _chunk of stream) break;
    expect(stream.requestId).toBe('req-endless');
    expect(stream.headers).toMatchObject({ 'x-request-id': 'req-endless' });
  });

  it.each<[string, (face: Face) => unknown, string, Partial<G4FError>]>([
    ['a refusal', ({ whole }) => whole('refuse'), 'refuse', { code: 'auth', status: 401 }],
    ['a refused stream', ({ stream }) => readAll(stream('refuse')), 'refuse', { code: 'auth' }],
    ['an answer that was cut', ({ stream }) => readAll(stream('cut')), 'cut', {}],
  ])('%s is an error that knows them', async (_name, doing, model, more) => {
    const error = await failureOf(async () => doing(face()));
    expect(error).toMatchObject({ ...more, requestId: `req-${model}` });
    expect(error.headers).toMatchObject({ 'x-request-id': `req-${model}`, 'x-echo': TOLD['x-echo'] });
    expect(error.headers).not.toHaveProperty('set-cookie');
    expect(Object.keys(error)).not.toContain('headers');
    expect(JSON.stringify(error)).not.toContain('x-echo');
    hideNothing({ ...error.headers, message: error.message, stack: error.stack });
  });
});

async function readAll(stream: AnyStream): Promise<void> {
  for await (const _chunk of stream);
}

describe('with failover', () => {
  const options = () => ({
    backends: [
      { id: 'limited', baseURL: `${service.url}/limited` },
      { id: 'well', baseURL: service.url },
    ],
    provider: ['limited', 'well'],
    maxRetries: 0,
    env: {},
  });
  it('they are those of the provider that answers', async () => {
    const sync = new Client(options());
    for (const client of [new AsyncClient(options()), sync]) {
      const stream = client.chat.completions.create({ model: 'm', messages: 'x', stream: true });
      await readAll(stream);
      expect(stream.route[0]).toMatchObject({ provider: 'limited', code: 'rate-limit' });
      expect(stream.requestId).toBe('req-m');
      expect((await client.chat.completions.create({ model: 'm', messages: 'x' }))._request_id).toBe('req-m');
    }
    sync.close();
  });
});

it('so does the failure of an answer that does not fit its format', async () => {
  const options = { baseURL: service.url, apiKey: KEY, maxRetries: 0 };
  const [async, sync] = [new AsyncClient(options), new Client(options)];
  const json_schema = { name: 'a', schema: { type: 'object' } };
  const params = {
    model: 'm',
    messages: 'x',
    response_format: { type: 'json_schema', json_schema },
  } as const;
  for (const parse of [async.chat.completions.parse, sync.chat.completions.parse]) {
    const error = await failureOf(async () => Reflect.apply(parse, undefined, [params]));
    expect(error).toMatchObject({ code: 'bad-response', requestId: 'req-m', headers: TOLD });
  }
  sync.close();
});

it('an answer that came over no network has none', async () => {
  const provider = fakeProvider('mine', saying('x'));
  for (const { chat } of [new AsyncClient({ provider }), new SmallClient({ provider })]) {
    const answer = await chat.completions.create({ model: 'family', messages: 'x' });
    expect([answer._request_id, answer._headers]).toEqual([null, {}]);
    const stream = chat.completions.create({ model: 'family', messages: 'x', stream: true });
    await readAll(stream);
    expect([stream.requestId, stream.headers]).toEqual([null, {}]);
  }
});

it('the failure of a list of models knows them as well', async () => {
  const client = new AsyncClient({ baseURL: `${service.url}/limited`, apiKey: KEY, maxRetries: 0 });
  const error = await failureOf(async () => client.models.list());
  expect(error.headers).toMatchObject({ 'x-request-id': 'req-limited' });
});

it('each answer knows its own', () => {
  const received = ['a', 'b'].map((requestId) => ({
    ...NOTHING_RECEIVED,
    requestId,
    headers: { requestId },
  }));
  const answers: object[] = received.map((one) => withReceived({}, one));
  answers.push(withReceived({}));
  expect(answers.map((answer) => Reflect.get(answer, '_request_id'))).toEqual(['a', 'b', null]);
  expect(answers.map((answer) => Reflect.get(answer, '_headers'))).toEqual([
    ...received.map(({ headers }) => headers),
    {},
  ]);
  expect(answers).toEqual([{}, {}, {}]);
});
