// The admin API: who may use it, what it takes, and that it shows no secret.
import { describe, expect, it } from 'vitest';
import { createHandler } from '../../src/index.ts';
import { gatewayOf, madeUp, saying, start, stop, text, usage } from '../made-up.ts';
import { ADMIN_KEY, keyedGateway } from './keyed-gateway.ts';

const hello = saying([start()], [text('Hello')], [usage, stop]);

describe('the admin API', () => {
  it('is not there unless it has a key, and lets nobody in without it', async () => {
    for (const options of [{}, { state: 'memory' }, { keys: ['k'] }]) {
      const { url } = await gatewayOf(hello, options);
      expect((await fetch(`${url}/admin/keys`, { headers: { authorization: 'Bearer k' } })).status).toBe(404);
    }
    const { admin, make, url } = await keyedGateway(hello, { keys: ['of-the-operator'] });
    const { key } = await make();
    for (const wrong of ['', 'wrong', 'of-the-operator', key])
      expect([wrong, (await admin('GET', '/keys', undefined, wrong)).status]).toEqual([wrong, 401]);
    // What stands in an address is in logs, and what callers send elsewhere is theirs.
    for (const [path, headers] of [
      [`/admin/keys?key=${ADMIN_KEY}`, {}],
      ['/admin/keys', { 'x-api-key': ADMIN_KEY }],
      ['/admin/keys', { 'x-goog-api-key': ADMIN_KEY }],
    ] as const)
      expect((await fetch(url + path, { headers })).status).toBe(401);
    // Nor does its key ask models anything.
    const { status } = await fetch(`${url}/v1/models`, {
      headers: { authorization: 'Bearer an-admin-key-of-ours' },
    });
    expect(status).toBe(401);
  });

  it('makes, lists, shows, changes and deletes keys, each secret shown once', async () => {
    const { admin, make } = await keyedGateway(hello);
    const terms = { name: 'Ann', models: ['a*'], expires: '2099-01-01T00:00:00Z' };
    const { key, id } = await make({ ...terms, limits: [{ tokens: 5, per: 'hour' }] });
    const { said: list } = await admin('GET', '/keys');
    const shown = {
      ...{ object: 'key', id, name: 'Ann', ending: key.slice(-4), models: ['a*'] },
      ...{ limits: [{ tokens: 5, per: 'hour' }], created: expect.any(String) },
      ...{ expires: '2099-01-01T00:00:00.000Z', disabled: false },
    };
    expect(list).toEqual({ object: 'list', data: [shown] });
    expect(JSON.stringify(list)).not.toContain(key);
    const { said: changed } = await admin('PATCH', `/keys/${id}`, {
      models: null,
      limits: [],
      expires: null,
    });
    expect(changed).toEqual({ ...shown, models: null, limits: [], expires: null });
    expect((await admin('GET', `/keys/${id}`)).said).toEqual({ ...changed, usage: [] });
    expect((await admin('DELETE', `/keys/${id}`)).said).toEqual({ object: 'key', id, deleted: true });
    for (const [method, path] of [
      ['GET', ''],
      ['PATCH', ''],
      ['DELETE', ''],
      ['POST', '/rotate'],
    ] as const)
      expect((await admin(method, `/keys/${id}${path}`, method === 'PATCH' ? {} : undefined)).status).toBe(
        404,
      );
  });

  it.each([
    [{}, 'name'],
    [{ name: ' ' }, 'name'],
    [{ name: 'two\nlines' }, 'name'],
    [{ name: 'a', modles: [] }, 'modles'],
    [{ name: 'a', models: 'gpt' }, 'models'],
    [{ name: 'a', models: [''] }, 'models[0]'],
    [{ name: 'a', limits: [{ tokens: 0, per: 'day' }] }, 'limits[0].tokens'],
    [{ name: 'a', limits: [{ tokens: 0.4, per: 'day' }] }, 'limits[0].tokens'],
    [{ name: 'a', limits: [{ requests: 1.5, per: 'day' }] }, 'limits[0].requests'],
    [{ name: 'a', limits: [{ tokens: 1e300, per: 'day' }] }, 'limits[0].tokens'],
    [{ name: 'a', limits: [{ tokens: '5', per: 'day' }] }, 'limits[0].tokens'],
    [{ name: 'a', limits: [{ tokens: 5, dollars: 5, per: 'day' }] }, 'limits[0]'],
    [{ name: 'a', limits: [{ tokens: 5, per: 'week' }] }, 'limits[0].per'],
    [{ name: 'a', limits: [5] }, 'limits[0].per'],
    [
      {
        name: 'a',
        limits: [
          { tokens: 5, per: 'day' },
          { tokens: 6, per: 'day' },
        ],
      },
      'limits',
    ],
    [{ name: 'a', expires: 'tomorrow' }, 'expires'],
    [{ name: 'a', expires: '2020-01-01' }, 'expires'],
    [{ name: 'a', expires: '2026-02-30' }, 'expires'],
    [{ name: 'a', expires: '2027-01-31 12:00' }, 'expires'],
    [{ name: 'a', expires: '2027-01-31T12:00:00' }, 'expires'],
    [{ name: 'a', expires: '2027-01-31T25:00:00Z' }, 'expires'],
    [{ name: 'a', disabled: 'yes' }, 'disabled'],
  ])('names the field that is wrong in %j', async (terms, param) => {
    const { admin } = await keyedGateway(hello);
    const { status, said } = await admin('POST', '/keys', terms);
    expect([status, said]).toMatchObject([400, { error: { type: 'invalid_request_error', param } }]);
  });

  it('tells what may be asked, and how', async () => {
    const { admin, url } = await keyedGateway(hello);
    expect((await admin('PUT', '/keys')).status).toBe(405);
    expect((await admin('GET', '/kyes')).status).toBe(404);
    for (const query of [
      'by=week',
      'from=yesterday',
      'to=2026-13-01',
      'to=2026-02-30',
      'by=request&limit=0',
      'form=2026-01-01',
    ])
      expect([query, (await admin('GET', `/usage?${query}`)).status]).toEqual([query, 400]);
    const answer = await fetch(`${url}/admin/keys`, {
      headers: { authorization: 'Bearer an-admin-key-of-ours' },
    });
    expect(answer.headers.get('cache-control')).toBe('no-store');
  });

  it('is there without Node’s server, too', async () => {
    const { options } = madeUp(hello);
    const adminKey = 'an-admin-key-of-ours';
    const handler = createHandler({ ...options, state: 'memory', adminKey });
    const ask = (path: string, key: string, body: object) =>
      handler(
        new Request(`http://localhost${path}`, {
          method: 'POST',
          headers: { authorization: `Bearer ${key}` },
          body: JSON.stringify(body),
        }),
      );
    const { key } = Object(await (await ask('/admin/keys', adminKey, { name: 'ours' })).json());
    const answer = await ask('/v1/chat/completions', key, {
      model: 'model-a',
      messages: [{ role: 'user', content: 'x' }],
    });
    expect(answer.status).toBe(200);
  });
});
