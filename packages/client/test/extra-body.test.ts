// extraBody: fields of the request's body as the service has them, on every wire, and nowhere else.
import { loadWire, overWire } from '@g4f/providers';
import { describe, expect, it } from 'vitest';
import { AsyncClient } from '../src/async-client.ts';
import { AsyncClient as MiniClient } from '../src/mini.ts';
import { failureOf, fakeProvider, recording } from './fake-provider.ts';
import { json, startService } from './fake-service.ts';
import { WIRES } from './wires.ts';

const extraBody = { provider: { order: ['a'] }, x_deep: [{ a: null }], temperature: 2, stream: undefined };
const hello = { model: 'm', messages: 'hi', temperature: 1 };

describe.each(WIRES)('on the wire %s', (name) => {
  it.each([
    ['AsyncClient', AsyncClient],
    ['the small client', MiniClient],
  ])('%s sends it over what is made of the parameters', async (_, Face) => {
    const service = await startService((response) => json(response, { error: { message: 'no' } }, 400));
    const provider = overWire(await loadWire(name), { baseURL: service.url });
    for (const given of [{ params: { ...hello, extraBody } }, { params: hello, options: { extraBody } }]) {
      await failureOf(() =>
        new Face({ provider, env: {} }).chat.completions.create(given.params, given.options),
      );
      const body = service.requests.at(-1)?.body;
      expect(body).toMatchObject({ provider: { order: ['a'] }, x_deep: [{ a: null }], temperature: 2 });
      expect(body).not.toHaveProperty('extraBody');
    }
    await service.close();
  });
});

it("is the caller's own, and a field called __proto__ is a field", async () => {
  const asked: Parameters<typeof recording>[0] = [];
  const client = new AsyncClient({
    provider: fakeProvider('one', recording(asked)),
    env: {},
  });
  const given = JSON.parse('{"a":1,"__proto__":{"b":2}}');
  await client.chat.completions.create({ ...hello, model: 'family', extraBody: given });
  expect(JSON.stringify(asked[0]?.context.extraBody)).toBe('{"a":1,"__proto__":{"b":2}}');
  expect(asked[0]?.request).not.toHaveProperty('extraBody');
});

it("a client's is for its own provider, and a call's goes over it", async () => {
  const bodies: unknown[] = [];
  const provider = fakeProvider('one', (request, context) => {
    bodies.push(context.extraBody);
    return recording([])(request, context);
  });
  const other = { ...provider, id: 'other' };
  const client = new AsyncClient({ provider, extraBody: { of: 'client' }, env: {} });
  await client.chat.completions.create({ ...hello, model: 'family' });
  await client.chat.completions.create({ ...hello, model: 'family', extraBody: { of: 'call' } });
  await client.chat.completions.create({ ...hello, model: 'family', provider: other });
  expect(bodies).toEqual([{ of: 'client' }, { of: 'call' }, undefined]);
});
