// Parameters that look misspelt: named in the warnings, sent all the same; refused where the call would go elsewhere.
import { describe, expect, it } from 'vitest';
import { AsyncClient } from '../src/async-client.ts';
import { misspelt } from '../src/chat/known-parameters.ts';
import { AsyncClient as MiniClient } from '../src/mini.ts';
import { collect, failureOf, fakeProvider, recording, saying } from './fake-provider.ts';

const untyped = (params: unknown): never => params as never;
const hello = { model: 'family', messages: 'hi' };
const warning = (name: string, meant: string): string =>
  `the parameter "${name}" is not known: sent as it is. Did you mean ${meant}?`;

describe('a parameter that is not known', () => {
  it.each([
    ['temprature', 'temperature'],
    ['temperatuer', 'temperature'],
    ['temperaturee', 'temperature'],
    ['temperaturo', 'temperature'],
    ['Temperature', 'temperature'],
    ['maxTokens', 'max_tokens'],
    ['max-tokens', 'max_tokens'],
    ['tool', 'tools'],
    ['sead', 'seed'],
    ['reponse_format', 'response_format'],
  ])('%s is near %s', (name, meant) => {
    expect(misspelt({ [name]: 1 })).toEqual([warning(name, meant)]);
  });

  it.each([
    ...['top_k', 'min_p', 'top_a', 'models', 'fallbacks', 'speed', 'k', 'p', 'x', 'thinking', 'num_ctx'],
    ...['temprtur', 'provider_options', 'constructor', '__proto__', 'backend'],
  ])('%s is near none', (name) => {
    expect(misspelt(JSON.parse(`{${JSON.stringify(name)}:1}`))).toEqual([]);
  });

  it.each([
    ...['provder', 'providers', 'poxy', 'basURL', 'baseURI', 'apiKeys', 'timeuot', 'fallbak', 'extra_body'],
    ...['max_retries', 'header', 'signals', 'hedges', 'routng'],
  ])('%s is refused', (name) => {
    expect(() => misspelt({ [name]: 'x' })).toThrow(`there is no parameter "${name}". Did you mean `);
    expect(misspelt({ [name]: null })).toEqual([]);
  });

  it.each([
    ['AsyncClient', AsyncClient],
    ['the small client', MiniClient],
  ])('is told by %s on the first chunk and on the whole answer, once, and sent', async (_, Face) => {
    const asked: Parameters<typeof recording>[0] = [];
    const client = new Face({ provider: fakeProvider('one', recording(asked, saying('a', 'b'))), env: {} });
    const params = { ...hello, temprature: 0.1 };
    const answer = await client.chat.completions.create(untyped(params));
    expect(answer).toMatchObject({ warnings: [warning('temprature', 'temperature')] });
    const chunks = await collect(client.chat.completions.create(untyped({ ...params, stream: true })));
    expect(chunks.map(({ warnings }) => warnings)).toEqual([
      [warning('temprature', 'temperature')],
      ...chunks.slice(1).map(() => undefined),
    ]);
    expect(asked[1]?.request).toMatchObject({ temprature: 0.1 });
    const error = await failureOf(() =>
      client.chat.completions.create(untyped({ ...hello, provder: 'groq' })),
    );
    expect(error.code).toBe('invalid-request');
  });
});
