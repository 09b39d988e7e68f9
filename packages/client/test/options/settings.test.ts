// Options of the client and of a call: which win, and in which words a wrong one is refused.
import { G4FError } from '@g4f/core';
import { describe, expect, it } from 'vitest';
import { AsyncClient } from '../../src/async-client.ts';
import { settle } from '../../src/options/settings.ts';
import type { ClientOptions } from '../../src/surface/options.ts';

const untyped = (options: unknown): never => options as never;
const URL_EXPECTED = 'an http or https URL, such as "http://127.0.0.1:8000/v1"';
const MS = 'a number of ms, 0 or more (0 for none)';
const KEYS_EXPECTED =
  'apiKey must be a string, a list of strings, or an object with these for each provider id.';
const POLICIES = 'order, round-robin, weighted, lowest-latency, cheapest';
const BACKEND = 'the id of a provider, the URL of a module that exports one, or a Provider object';

const WRONG: readonly (readonly [object, string])[] = [
  [{ timeout: -1 }, `timeout must be ${MS}; it is -1.`],
  [{ timeout: Number.NaN }, `timeout must be ${MS}; it is NaN.`],
  [{ timeout: '5' }, 'timeout must be a number of ms or an object of them; it is "5".'],
  [{ timeout: [5] }, 'timeout must be a number of ms or an object of them; it is a list.'],
  [{ timeout: { idle: -5 } }, `timeout.idle must be ${MS}; it is -5.`],
  [{ timeout: { idle: '5' } }, `timeout.idle must be ${MS}; it is "5".`],
  [
    { timeout: { ide: 5 } },
    'timeout has no field "ide"; it may have connect, headers, firstContent, idle, total.',
  ],
  [
    { timeout: { toString: 5 } },
    'timeout has no field "toString"; it may have connect, headers, firstContent, idle, total.',
  ],
  [{ baseURL: 'localhost:8000' }, `baseURL must be ${URL_EXPECTED}; it is "localhost:8000".`],
  [{ baseURL: '' }, `baseURL must be ${URL_EXPECTED}; it is "".`],
  [{ baseURL: 'ftp://x' }, `baseURL must be ${URL_EXPECTED}; it is "ftp://x".`],
  [{ baseURL: 5 }, `baseURL must be ${URL_EXPECTED}; it is 5.`],
  [
    { proxy: 'me:secret@proxy:8080' },
    `proxy must be an http, https or socks5 URL, such as "http://127.0.0.1:8080"; it is "…@proxy:8080".`,
  ],
  [{ baseURL: 'htp://me:secret@host' }, `baseURL must be ${URL_EXPECTED}; it is "htp://…@host".`],
  [{ baseUrl: 'http://127.0.0.1:1' }, 'there is no option "baseUrl". Did you mean baseURL?'],
  [{ api_key: 'k' }, 'there is no option "api_key". Did you mean apiKey?'],
  [{ max_retries: 0 }, 'there is no option "max_retries". Did you mean maxRetries?'],
  [{ signal: {} }, 'signal must be an AbortSignal; it is an object.'],
  [{ signal: 'x' }, 'signal must be an AbortSignal; it is "x".'],
  [{ provider: [] }, 'provider must be a provider or a list of 1 to 256; it is an empty list.'],
  [{ provider: '' }, `provider must be ${BACKEND}; it is "".`],
  [{ provider: 5 }, `provider must be ${BACKEND}; it is 5.`],
  [
    { provider: ['groq', {}] },
    `provider must be ${BACKEND} (a service's parameter of that name goes into extraBody); it is an object.`,
  ],
  [{ provider: [['groq']] }, `provider must be ${BACKEND}; it is a list.`],
  [{ apiKey: 5 }, KEYS_EXPECTED],
  [{ apiKey: { groq: 5 } }, KEYS_EXPECTED],
  [{ apiKey: { groq: ['sk-secret', 5] } }, KEYS_EXPECTED],
  [{ apiKey: [['sk-secret']] }, KEYS_EXPECTED],
  [{ maxRetries: -1 }, 'maxRetries must be a whole number, 0 or more; it is -1.'],
  [{ maxRetries: 1.5 }, 'maxRetries must be a whole number, 0 or more; it is 1.5.'],
  [{ hedge: 500 }, 'hedge must be an object; it is 500.'],
  [{ hedge: {} }, 'hedge.afterMs must be a number of ms, 0 or more; it is undefined.'],
  [{ hedge: { afterMs: Number.NaN } }, 'hedge.afterMs must be a number of ms, 0 or more; it is NaN.'],
  [{ hedge: { after: 5 } }, 'hedge has no field "after"; it may have afterMs.'],
  [{ routing: 'fastest' }, `routing must be one of ${POLICIES}; it is "fastest".`],
  [{ routing: { policy: 'toString' } }, `routing must be one of ${POLICIES}; it is "toString".`],
  [
    { routing: { weight: {} } },
    'routing has no field "weight"; it may have policy, weights, prices, sticky.',
  ],
  [{ routing: { weights: { a: -1 } } }, 'routing.weights.a must be a number, 0 or more; it is -1.'],
  [{ routing: { weights: [1] } }, 'routing.weights must be an object; it is a list.'],
  [
    { routing: { prices: { a: { input: 1 } } } },
    'routing.prices.a must be an object with input and output, in dollars per million tokens; it is an object.',
  ],
  [{ routing: { sticky: 'no' } }, 'routing.sticky must be true or false; it is "no".'],
  [{ fallback: 5 }, 'fallback must be the id of a provider; it is 5.'],
];

describe('what is refused', () => {
  it.each(WRONG)('%j', (options, message) => {
    const refused = (doing: () => unknown): string => {
      try {
        doing();
      } catch (error) {
        if (error instanceof G4FError) return `${error.code}: ${error.message}`;
        throw error;
      }
      return 'nothing';
    };
    expect(refused(() => new AsyncClient(untyped(options)))).toBe(`invalid-request: ${message}`);
    expect(refused(() => settle({}, {}, untyped(options)))).toBe(`invalid-request: ${message}`);
  });
});

describe('what holds', () => {
  it('has generous deadlines unless they are set', () => {
    expect(settle({}).limits).toEqual({
      connect: 10_000,
      headers: 60_000,
      firstContent: 120_000,
      idle: 60_000,
      total: Number.POSITIVE_INFINITY,
    });
  });

  it("puts the call's deadlines over the client's, one by one; 0 switches one off", () => {
    const limits = settle({ timeout: 500 }, { timeout: { idle: 0, connect: 5 } }).limits;
    expect(limits).toMatchObject({ total: 500, idle: Number.POSITIVE_INFINITY, connect: 5, headers: 60_000 });
  });

  it("checks a client's options once, and not with each call", () => {
    const client = { baseURL: 'http://127.0.0.1:9', timeout: 7 };
    const first = settle(client);
    expect(settle(client)).toBe(first);
    expect(settle(client, undefined, {})).toEqual(first);
    const { signal } = new AbortController();
    const withSignal = settle(client, undefined, { signal });
    expect(withSignal).toEqual({ ...first, signal });
    expect(withSignal.limits).toBe(first.limits);
    expect(settle(client, undefined, untyped({ signal: null }))).toBe(first);
  });

  it('takes undefined and null for not set', () => {
    const nothing = { timeout: null, signal: null, baseURL: null, proxy: null, provider: null, apiKey: null };
    expect(settle(untyped(nothing), {}, untyped({ ...nothing, fallback: null }))).toEqual(settle({}));
    expect(settle({ timeout: 7 }, {}, untyped(nothing)).limits.total).toBe(7);
    expect(settle({}, {}, untyped({ timeout: { idle: undefined } })).limits.idle).toBe(60_000);
  });

  it('leaves what the environment says of a fallback to whoever needs one', () => {
    expect(settle({ env: { G4F_FALLBACK: 'local' } }).fallback).toBeUndefined();
    expect(settle({ env: { G4F_FALLBACK: 'local' }, fallback: 'groq' }).fallback).toBe('groq');
    expect(settle({ env: {} }).fallback).toBeUndefined();
  });

  it('takes a URL object, and drops the slash at its end', () => {
    expect(settle(untyped({ baseURL: new URL('http://h/v1/') })).baseURL).toBe('http://h/v1');
  });

  it('drops blanks around an address, and refuses them inside', () => {
    expect(settle({ baseURL: '  http://h/v1/ \n' }).baseURL).toBe('http://h/v1');
    expect(settle({ proxy: ' http://p:1\t' }).proxy).toBe('http://p:1');
    expect(settle({ proxy: 'socks5://p:1' }).proxy).toBe('socks5://p:1');
    for (const baseURL of ['http://h/v 1', 'http://h/\nv1'])
      expect(() => settle({ baseURL })).toThrow('baseURL must be an http or https URL');
  });

  it("takes another realm's AbortSignal", () => {
    const target = Object.assign(new EventTarget(), { aborted: false, reason: undefined });
    expect(settle(untyped({ signal: target })).signal).toBe(target);
  });

  it('with a signal and nothing besides are those of the client', () => {
    const [{ signal }, other] = [new AbortController(), new AbortController()];
    for (const client of [{ maxRetries: 1, timeout: 7 }, { signal: other.signal }]) {
      const own = settle(client);
      expect(settle(client, undefined, { signal })).toEqual({ ...own, signal });
      expect(settle(client, undefined, { signal })).toEqual(settle(client, {}, { signal }));
      expect(settle(client, undefined, untyped({ signal: null }))).toEqual(own);
      expect(() => settle(client, undefined, untyped({ signal: {} }))).toThrow(
        'signal must be an AbortSignal',
      );
    }
  });

  it('are heard beside a signal also where they are not shown', () => {
    const { signal } = new AbortController();
    const hidden = Object.defineProperty({ signal }, 'maxRetries', { value: 0 });
    const client = {};
    settle(client);
    expect(settle(client, undefined, hidden).maxRetries).toBe(0);
  });
});

describe('what a client gave for its own provider', () => {
  const given = { provider: 'groq', apiKey: 'sk-groq', baseURL: 'http://127.0.0.1:1' };
  const of = (client: ClientOptions, call: object) => {
    const { apiKey, baseURL } = settle({ ...client, env: {} }, {}, call);
    return { apiKey, baseURL };
  };

  it('is not for another that a call names', () => {
    expect(of(given, { provider: 'openai' })).toEqual({ apiKey: undefined, baseURL: undefined });
    expect(of({ ...given, apiKey: ['a', 'b'] }, { provider: ['groq', 'openai'] }).apiKey).toBeUndefined();
    const { apiKey } = settle({ ...given, env: {} }, { provider: 'openai' });
    expect(apiKey).toBeUndefined();
  });

  it('is for the same, and for whom a call names where the client names none', () => {
    const all = { apiKey: ['sk-groq'], baseURL: given.baseURL };
    expect(of(given, {})).toEqual(all);
    expect(of(given, { provider: 'groq' })).toEqual(all);
    expect(of(given, { provider: ['groq'], timeout: 5 })).toEqual(all);
    expect(
      of({ ...given, provider: new URL('file:///a.mjs') }, { provider: new URL('file:///a.mjs') }),
    ).toEqual(all);
    expect(of({ apiKey: 'sk-groq' }, { provider: 'openai' }).apiKey).toEqual(['sk-groq']);
  });

  it('says itself for whom it is where it is given by ids', () => {
    expect(of({ ...given, apiKey: { openai: 'sk-o' } }, { provider: 'openai' }).apiKey).toEqual({
      openai: ['sk-o'],
    });
  });

  it('gives way to what the call gives', () => {
    expect(of(given, { provider: 'openai', apiKey: 'sk-o', baseURL: 'http://127.0.0.1:2' })).toEqual({
      apiKey: ['sk-o'],
      baseURL: 'http://127.0.0.1:2',
    });
  });

  it('and null for a call’s options is none', () => {
    expect(settle({ ...given, env: {} }, {}, null).apiKey).toEqual(['sk-groq']);
  });
});

it.each([
  [{ env: { OPENAI_API_KEY: 5 } }, 'env.OPENAI_API_KEY must be a text; it is "number".'],
  [{ env: 'x' }, 'env must be an object of variables, such as process.env; it is "string".'],
])('a client with %j is refused', (options, message) => {
  expect(() => new AsyncClient(untyped(options))).toThrow(message);
});
