// Only plain data crosses to the worker, and what is not plain is named.
import { isG4FError } from '@g4f/core';
import { describe, expect, it } from 'vitest';
import { signalOf, toCallData, totalOf } from '../../src/sync/call-data.ts';
import { toPlainData } from '../../src/sync/plain-data.ts';

const refusal = (value: unknown): unknown => {
  try {
    return toPlainData(value, '');
  } catch (error) {
    return isG4FError(error) ? `${error.code}: ${error.message}` : error;
  }
};

describe('plain data', () => {
  it('is copied, so that a later change of the original does not count', () => {
    const original = {
      model: 'm',
      messages: [{ role: 'user', content: 'hi' }],
      n: null,
      bytes: new Uint8Array([1]),
    };
    const copy = toPlainData(original, '');
    original.messages.push({ role: 'user', content: 'more' });
    expect(copy).toEqual({
      model: 'm',
      messages: [{ role: 'user', content: 'hi' }],
      n: null,
      bytes: new Uint8Array([1]),
    });
  });

  it('leaves out undefined fields and takes what toJSON gives', () => {
    const value = { url: new URL('https://a.example/b'), at: new Date(0), gone: undefined };
    expect(toPlainData(value, '')).toEqual({ url: 'https://a.example/b', at: '1970-01-01T00:00:00.000Z' });
  });

  it('is whatever structured clone carries unchanged', () => {
    const value = { a: [1, 'x', null, { b: true }], c: new Map() };
    expect(() => structuredClone(toPlainData(value, ''))).not.toThrow();
  });

  it('allows one object at two places', () => {
    const shared = { a: 1 };
    expect(toPlainData([shared, shared], '')).toEqual([{ a: 1 }, { a: 1 }]);
  });

  it.each([
    [{ tools: [{ function: { execute: () => 1 } }] }, 'tools[0].function.execute is a function'],
    [{ metadata: { big: 1n } }, 'metadata.big is a bigint'],
    [{ messages: [{ content: Symbol('x') }] }, 'messages[0].content is a symbol'],
  ])('names the path of what is not plain', (value, expected) => {
    expect(refusal(value)).toContain(`invalid-request: Client: ${expected}`);
  });

  it('refuses an object that contains itself', () => {
    const loop: Record<string, unknown> = {};
    loop.again = { loop };
    expect(refusal(loop)).toContain('again.loop is an object that contains itself');
  });
});

describe('what a call sends', () => {
  it.each([
    ['a Provider', { id: 'mine', name: 'Mine', chat: () => {} }],
    ['a list with a Provider', ['groq', { id: 'mine' }]],
  ])('refuses %s and says what to do instead', (_what, provider) => {
    expect(() => toCallData({ provider })).toThrowError(
      /provider is an object \(mine\).*Name it by id or by the URL of a module that exports it/,
    );
  });

  it('sends the URL of a module, and a service’s own parameter of that name', () => {
    expect(toCallData({ provider: new URL('file:///a/b.mjs') })).toEqual({ provider: 'file:///a/b.mjs' });
    expect(toCallData({ provider: { order: ['x'] } })).toEqual({ provider: { order: ['x'] } });
  });

  it('keeps the signal on this side', () => {
    const { signal } = new AbortController();
    expect(toCallData({ signal, model: 'm' })).toEqual({ model: 'm' });
    expect(signalOf(undefined, { signal }, { signal: AbortSignal.abort() })).toBe(signal);
    const notSet: object = { signal: null };
    expect(signalOf(notSet, { signal })).toBe(signal);
    expect(signalOf(notSet)).toBeUndefined();
  });

  it('knows the deadline of the whole call', () => {
    expect(totalOf(undefined, undefined)).toBe(Number.POSITIVE_INFINITY);
    expect(totalOf(500, { total: 900 })).toBe(500);
    expect(totalOf({ idle: 5 }, { total: 900 })).toBe(900);
    expect(totalOf(0, 900)).toBe(Number.POSITIVE_INFINITY);
  });
});
