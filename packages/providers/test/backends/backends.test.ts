// What every backend on the shelf must do, whatever service it is: one story, told for each.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { ChatRequest, Provider } from '@g4f/core';
import { beforeAll, describe, expect, it } from 'vitest';
import { registry } from '../../src/registry.gen.ts';
import { collect, createFakeContext, type FakeContext, HELLO } from './fake-context.ts';

const KEY = 'sk-a-secret-that-nobody-may-read';
const MESSAGES = [{ role: 'user', content: 'Say hello' }] as const;
const REQUEST: ChatRequest = { model: 'm', messages: MESSAGES, stream: true, max_completion_tokens: 5 };
const BODY = { model: 'm', messages: MESSAGES, stream: true };
const USAGE = { stream_options: { include_usage: true } };

interface Departure {
  /** What the body holds besides {@link BODY}, if not `max_tokens` and the wish for token counts. */
  readonly body?: object;
  readonly base?: string;
  readonly models?: string;
}

/** Where a service departs from the wire; one that is not named here does not. */
const DEPARTURES: Readonly<Record<string, Departure>> = {
  openai: { body: { max_completion_tokens: 5, ...USAGE } },
  groq: { body: { max_completion_tokens: 5, ...USAGE } },
  cerebras: { body: { max_completion_tokens: 5, ...USAGE } },
  mistral: { body: { max_tokens: 5 } },
  pollinations: { base: 'https://gen.pollinations.ai/v1' },
  'github-models': { models: 'https://models.github.ai/catalog/models' },
};

const services = Object.values(registry).filter(({ baseURL }) => baseURL !== undefined);

it('tells of every file in src/backends, under its own name', async () => {
  const files = readdirSync(join(import.meta.dirname, '../../src/backends'));
  expect(Object.keys(registry)).toEqual(files.map((file) => file.replace(/\.ts$/, '')).sort());
  for (const [id, { load }] of Object.entries(registry)) expect((await load()).id).toBe(id);
});

describe.each(services)('$id', ({ id, baseURL = '', load, ...facts }) => {
  const departure = DEPARTURES[id] ?? {};
  const base = departure.base ?? baseURL;
  let backend: Provider;
  beforeAll(async () => {
    backend = await load();
  });
  const chat = (context: FakeContext) => collect(backend.chat?.(REQUEST, context) ?? noSuch('chat'));
  const listModels = (context: FakeContext) => backend.listModels?.(context) ?? noSuch('listModels');
  /** The caller has a key in the backend's own variable, where it has one, and in those of all others. */
  const env = Object.fromEntries(
    services.flatMap((service) => service.env ?? []).map((name) => [name, `${KEY}-of-${name}`]),
  );
  const own = facts.env?.[0];
  const authorization = own === undefined ? {} : { authorization: `Bearer ${KEY}-of-${own}` };

  it('has the facts that the registry tells of it', () => {
    expect(backend).toMatchObject({ id, baseURL, ...facts });
    expect(facts.website).toMatch(/^https:\/\//);
    for (const [family, its] of Object.entries(facts.models)) {
      expect(family, 'a family is a plain name').toMatch(/^[a-z0-9][a-z0-9.-]*$/);
      expect(its, family).not.toBe('');
    }
  });

  it('asks for a chat completion, with its own key in the one header, and reads the answer', async () => {
    const context = createFakeContext(HELLO, { env });
    const events = await chat(context);
    const said = events.flatMap((event) => (event.type === 'text-delta' ? [event.text] : []));
    expect(said.join('')).toBe('Hello');
    expect(events.at(-1)).toMatchObject({ type: 'finish', reason: 'stop' });

    const { body, ...request } = context.requests[0] ?? noSuch('request');
    expect(request).toEqual({
      method: 'POST',
      url: `${base}/chat/completions`,
      headers: { accept: 'text/event-stream', 'content-type': 'application/json', ...authorization },
    });
    expect(JSON.parse(body ?? '')).toEqual({ ...BODY, ...(departure.body ?? { max_tokens: 5, ...USAGE }) });
    expect(body).not.toContain(KEY);
  });

  it('asks for its models, and reads the list', async () => {
    const data = [
      { id: 'm', object: 'model', created: 7, owned_by: 'us', context_length: 8192 },
      { id: 'n' },
    ];
    const context = createFakeContext({ body: JSON.stringify({ object: 'list', data }) }, { env });
    expect(await listModels(context)).toEqual([
      { id: 'm', created: 7, ownedBy: 'us', contextLength: 8192 },
      { id: 'n' },
    ]);
    const [request] = context.requests;
    expect(new URL(request?.url ?? '').href).toBe(departure.models ?? `${base}/models`);
    expect(request).toMatchObject({
      method: 'GET',
      headers: { accept: 'application/json', ...authorization },
    });
  });

  it('goes where the caller says, and takes the key that the caller gives', async () => {
    const context = createFakeContext(HELLO, {
      env,
      apiKey: 'from-the-call',
      baseURL: 'http://127.0.0.1:9/v1',
    });
    await chat(context);
    expect(context.requests[0]).toMatchObject({
      url: 'http://127.0.0.1:9/v1/chat/completions',
      headers: { authorization: 'Bearer from-the-call' },
    });
  });

  if (facts.key === 'required') {
    it('names the variable when there is no key, and asks nobody', async () => {
      const context = createFakeContext(HELLO, { env: {} });
      await expect(chat(context)).rejects.toMatchObject({
        code: 'auth',
        message: expect.stringContaining(`${own}`),
      });
      await expect(listModels(context)).rejects.toMatchObject({ code: 'auth' });
      expect(context.requests).toEqual([]);
    });
  } else {
    it('does without a key', async () => {
      const context = createFakeContext(HELLO, { env: {} });
      await chat(context);
      expect(context.requests[0]?.url).toBe(`${baseURL}/chat/completions`);
      expect(Object.keys(context.requests[0]?.headers ?? {})).toEqual(['accept', 'content-type']);
    });
  }

  if (own !== undefined) {
    it('says where a refused key came from, and never the key', async () => {
      const body = JSON.stringify({ error: { message: `Incorrect API key provided: ${KEY}-of-${own}.` } });
      for (const ask of [chat, listModels]) {
        const error = await ask(createFakeContext({ status: 401, body }, { env })).catch(
          (thrown: unknown) => thrown,
        );
        expect(error).toMatchObject({ code: 'auth', status: 401, provider: id });
        expect(`${error}`).toContain(own);
        expect(
          `${error} ${JSON.stringify(error)} ${error instanceof Error ? error.stack : ''}`,
        ).not.toContain(KEY);
        expect(`${error}`).not.toContain('\n');
      }
    });
  }
});

function noSuch(what: string): never {
  throw new Error(`there is no ${what}`);
}
