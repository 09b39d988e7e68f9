// What a service named its refusal reaches the caller by its fields, in both forms of an error, and without the key.
import { G4FError } from '@g4f/core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { AsyncClient } from '../src/async-client.ts';
import { type FakeService, startService } from './fake-service.ts';

const KEY = 'a-key-of-no-known-form';
let service: FakeService;
beforeAll(async () => {
  const error = { message: 'No.', type: 'invalid_request_error', param: 'messages', code: `for-${KEY}` };
  service = await startService((response) => {
    response.writeHead(400, { 'content-type': 'application/json' }).end(JSON.stringify({ error }));
  });
});
afterAll(() => service.close());

it('tells type, param and code, out of the way of what is printed', async () => {
  const client = new AsyncClient({ provider: 'openai', baseURL: service.url, apiKey: KEY, env: {} });
  const asked = client.chat.completions.create({ model: 'm', messages: 'Hi' });
  const error = await asked.catch((thrown: unknown) => thrown);
  if (!(error instanceof G4FError)) throw error;
  const { type, param, code } = error.serviceError ?? {};
  expect([type, param]).toEqual(['invalid_request_error', 'messages']);
  expect(code).toMatch(/^for-/);
  expect(code).not.toContain(KEY);
  expect(Object.keys(error)).not.toContain('serviceError');
  expect(G4FError.fromData(JSON.parse(JSON.stringify(error.toData()))).serviceError).toEqual(
    error.serviceError,
  );
});
