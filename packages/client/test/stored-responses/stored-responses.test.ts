// `responses.retrieve`, `cancel`, `delete` and `inputItems.list`: the service that keeps a response is asked for it; with both clients.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { AsyncClient } from '../../src/async-client.ts';
import { Client } from '../../src/client.ts';
import type { ClientOptions } from '../../src/surface/options.ts';
import type { Surface } from '../../src/surface/surface.ts';
import { failureOf } from '../fake-provider.ts';
import { type RemoteService, startRemoteService } from './remote-service.ts';

let service: RemoteService;
beforeAll(async () => {
  service = await startRemoteService();
});
afterAll(() => service.close());
beforeEach(() => service.forget());

const KEYS = { OPENAI_API_KEY: 'sk-env-openai', XAI_API_KEY: 'sk-env-xai' };
const ASKED = { model: 'gpt-5.4', input: 'hi' };

type AnyClient = { readonly responses: Surface<'async'>['responses'] | Surface<'sync'>['responses'] };

const FACES: readonly (readonly [string, (options: ClientOptions) => AnyClient])[] = [
  ['AsyncClient', (options) => new AsyncClient(options)],
  ['Client', (options) => new Client(options)],
];

describe.each(FACES)('%s', (_, make) => {
  const clientOf = (options: ClientOptions = {}) =>
    make({
      env: { ...KEYS, OPENAI_BASE_URL: `${service.url}/openai`, XAI_BASE_URL: `${service.url}/xai` },
      maxRetries: 0,
      ...options,
    }).responses;

  it('asks the provider that gave the response', async () => {
    const responses = clientOf();
    const made = await responses.create({ ...ASKED, provider: 'xai' });
    expect(made.id).toBe('resp_xai');
    const again = await responses.retrieve(made.id, { include: ['a', 'b'] });
    expect(again).toMatchObject({ id: 'resp_xai', provider: 'xai', output_text: 'Hello' });
    expect(await responses.delete(made.id)).toMatchObject({ id: 'resp_xai', deleted: true, provider: 'xai' });
    expect(service.seen().slice(1)).toEqual([
      ['GET', '/xai/responses/resp_xai?include%5B%5D=a&include%5B%5D=b', 'Bearer sk-env-xai'],
      ['DELETE', '/xai/responses/resp_xai', 'Bearer sk-env-xai'],
    ]);
  });

  it('knows the provider of a response that was streamed', async () => {
    const responses = clientOf();
    const made = await responses.stream({ ...ASKED, provider: 'openai' }).finalResponse();
    expect(await responses.retrieve(made.id)).toMatchObject({ provider: 'openai' });
  });

  it('asks the one that is named, in whichever place', async () => {
    const responses = clientOf();
    await responses.retrieve('resp_1', { provider: 'openai' });
    await responses.cancel('resp_1', { provider: 'openai' });
    const mine = { apiKey: 'sk-mine', baseURL: `${service.url}/mine` };
    await responses.retrieve('resp_1', {}, { provider: 'xai', ...mine });
    expect(service.seen()).toEqual([
      ['GET', '/openai/responses/resp_1', 'Bearer sk-env-openai'],
      ['POST', '/openai/responses/resp_1/cancel', 'Bearer sk-env-openai'],
      ['GET', '/mine/responses/resp_1', 'Bearer sk-mine'],
    ]);
  });

  it('sends the key of one provider to no other', async () => {
    const openai = { provider: 'openai', apiKey: 'sk-for-openai', baseURL: `${service.url}/openai` };
    const xai = { provider: 'xai', apiKey: 'sk-for-xai', baseURL: `${service.url}/xai` };
    const responses = clientOf(openai);
    await responses.create(ASKED, xai);
    await responses.retrieve('resp_xai');
    expect(service.seen().at(-1)).toEqual(['GET', '/xai/responses/resp_xai', 'Bearer sk-env-xai']);
    await responses.retrieve('resp_of_another_program');
    expect(service.seen().at(-1)?.[2]).toBe('Bearer sk-for-openai');
  });

  it('gives the response that failed, or is still at work, as it is', async () => {
    const failed = { status: 'failed', error: { code: 'server_error', message: 'Oops' }, output: [] };
    service.say({ ...failed, id: 'resp_1', object: 'response' });
    expect(await clientOf().retrieve('resp_1', { provider: 'openai' })).toMatchObject(failed);
  });

  it('says what is not known: who keeps it', async () => {
    const error = await failureOf(async () => clientOf().retrieve('resp_1'));
    expect(error).toMatchObject({ code: 'invalid-request' });
    expect(error.message).toContain('Name the provider, as in { provider: "openai" }');
    expect(error.message).toContain('openai-responses, openai, xai');
    expect(service.seen()).toEqual([]);
  });

  it('says which key is missing', async () => {
    const error = await failureOf(async () =>
      clientOf({ env: {} }).retrieve('resp_1', { provider: 'openai' }),
    );
    expect(error.message).toBe('no provider could answer. openai: set OPENAI_API_KEY');
  });

  it.each<[string, (responses: ReturnType<typeof clientOf>) => unknown, string]>([
    ['no id', (responses) => responses.retrieve(''), 'responses.retrieve: the id of a response was expected'],
    [
      'an id that leads elsewhere',
      (responses) => responses.delete('../files', { provider: 'openai' }),
      'the response "../files" cannot stand in an address',
    ],
    [
      'a stream',
      (responses) => responses.retrieve('resp_1', { provider: 'openai', stream: true } as object),
      'it gives no stream',
    ],
    [
      'a parameter that there is not',
      (responses) => responses.inputItems.list('resp_1', { provider: 'openai', limits: 5 } as object),
      'there is no parameter "limits". Its parameters: include, after, limit, order.',
    ],
    [
      'a provider that cannot do it',
      (responses) => responses.cancel('resp_1', { provider: 'xai' }),
      'xai: its API cannot stop a response. It can give a response again, delete a response.',
    ],
    [
      'a provider that keeps none',
      (responses) => responses.retrieve('resp_1', { provider: 'groq' }),
      'groq: this provider cannot look up responses. Those that can:',
    ],
  ])('refuses %s before anything is sent', async (_, ask, message) => {
    const error = await failureOf(async () => ask(clientOf({ env: { ...KEYS, GROQ_API_KEY: 'k' } })));
    expect(error).toMatchObject({ code: 'invalid-request', message: expect.stringContaining(message) });
    expect(service.seen()).toEqual([]);
  });

  it('says that the service keeps no such response', async () => {
    service.say({ error: { message: 'Response with id resp_9 not found.' } }, 404);
    const error = await failureOf(async () => clientOf().retrieve('resp_9', { provider: 'openai' }));
    expect(error).toMatchObject({ code: 'invalid-request', status: 404, provider: 'openai' });
    expect(error.message).toContain('openai: it keeps no response of this id (status 404)');
  });

  it.each<[string, unknown, 'retrieve' | 'delete' | 'inputItems']>([
    ['no response', { id: 'resp_1', object: 'response' }, 'retrieve'],
    ['no confirmation', { id: 'resp_1', deleted: false }, 'delete'],
    ['no list', { object: 'list', data: 'none' }, 'inputItems'],
  ])('takes %s for no answer', async (_, body, name) => {
    service.say(body);
    const responses = clientOf();
    const method = name === 'inputItems' ? responses.inputItems.list : responses[name];
    const error = await failureOf(async () => method('resp_1', { provider: 'openai' }));
    expect(error).toMatchObject({ code: 'bad-response', provider: 'openai' });
  });
});

describe('input items', () => {
  const options = () => ({
    env: { ...KEYS, OPENAI_BASE_URL: `${service.url}/openai` },
    provider: 'openai',
    maxRetries: 0,
  });
  const paths = () => service.seen().map(([, path]) => path);
  const PATHS = [
    '/openai/responses/resp_1/input_items?limit=2&order=asc',
    '/openai/responses/resp_1/input_items?limit=2&order=asc&after=msg_2',
  ];

  it('come page by page, and all of them in a loop: AsyncClient', async () => {
    const { inputItems } = new AsyncClient(options()).responses;
    const page = await inputItems.list('resp_1', { limit: 2, order: 'asc' });
    expect(page.data.map(({ id }) => id)).toEqual(['msg_1', 'msg_2']);
    expect(page).toMatchObject({ has_more: true, provider: 'openai' });
    expect(paths()).toEqual(PATHS.slice(0, 1));
    service.forget();
    const ids: unknown[] = [];
    for await (const item of inputItems.list('resp_1', { limit: 2, order: 'asc' })) ids.push(item.id);
    expect(ids).toEqual(['msg_1', 'msg_2', 'msg_3']);
    expect(paths()).toEqual(PATHS);
    const { request_id } = await inputItems.list('resp_1').withResponse();
    expect(request_id).toBe('req_1');
  });

  it('come page by page, and all of them in a loop: Client', () => {
    const { inputItems } = new Client(options()).responses;
    const page = inputItems.list('resp_1', { limit: 2, order: 'asc' });
    expect([...page].map(({ id }) => id)).toEqual(['msg_1', 'msg_2', 'msg_3']);
    expect(JSON.parse(JSON.stringify(page)).data).toHaveLength(2);
  });

  it('end where a page does not say how they go on', async () => {
    service.say({ object: 'list', data: [], has_more: true });
    const { inputItems } = new AsyncClient(options()).responses;
    const error = await failureOf(async () => {
      for await (const _ of inputItems.list('resp_1'));
    });
    expect(error).toMatchObject({ code: 'bad-response', provider: 'openai' });
  });
});

it('costs nothing, and is counted by no budget and in no books', async () => {
  const client = new AsyncClient({
    env: { ...KEYS, OPENAI_BASE_URL: `${service.url}/openai` },
    provider: 'openai',
    maxRetries: 0,
  });
  await client.responses.create(ASKED);
  const before = await client.usage();
  expect(before.total).toMatchObject({ attempts: 1, prompt_tokens: 1, completion_tokens: 2 });
  await client.responses.retrieve('resp_openai');
  expect(await client.usage()).toEqual(before);
});
