// Giving up without a DOM event target: what whoever listens, and whoever needs a real signal, is told.
import { describe, expect, it, vi } from 'vitest';
import { LightAbort, toAbortSignal } from '../../src/internal.ts';

describe('a light abort', () => {
  it('tells its listeners once, with the first reason', () => {
    const abort = new LightAbort();
    const told = vi.fn();
    abort.addEventListener('abort', told);
    abort.abort('first');
    abort.abort('second');
    expect(told).toHaveBeenCalledTimes(1);
    expect(abort).toMatchObject({ aborted: true, reason: 'first' });
  });

  it('does not tell who has stopped listening, even while it tells the others', () => {
    const abort = new LightAbort();
    const [gone, late, leaving] = [vi.fn(), vi.fn(), vi.fn()];
    abort.addEventListener('abort', gone);
    abort.addEventListener('abort', () => {
      abort.removeEventListener('abort', leaving);
      abort.addEventListener('abort', late);
    });
    abort.addEventListener('abort', leaving);
    abort.removeEventListener('abort', gone);
    abort.abort();
    for (const one of [gone, late, leaving]) expect(one).not.toHaveBeenCalled();
  });

  it('tells any number of listeners in the order in which they came, each once however often it came', () => {
    const told: string[] = [];
    const listeners = ['a', 'b', 'c', 'd'].map((name) => () => void told.push(name));
    for (const gone of [0, 1, 3]) {
      const abort = new LightAbort();
      for (const at of [0, 1, 2, 3, 2, 0]) abort.addEventListener('abort', listeners[at] ?? vi.fn());
      abort.removeEventListener('abort', listeners[gone] ?? vi.fn());
      abort.abort();
    }
    expect(told.join('')).toBe('bcdacdabc');
  });

  it('is a real signal for whoever asks, before it is aborted or after', () => {
    const reason = new Error('enough');
    const [before, after] = [new LightAbort(), new LightAbort()];
    const asked = before.signal;
    expect(asked.aborted).toBe(false);
    for (const one of [before, after]) one.abort(reason);
    expect(asked).toBe(before.signal);
    for (const one of [before, after])
      expect(one.signal).toMatchObject({ aborted: true, reason, constructor: AbortSignal });
  });

  it('and a real signal are both turned into a real one', () => {
    const [abort, controller] = [new LightAbort(), new AbortController()];
    expect(toAbortSignal(abort)).toBe(abort.signal);
    expect(toAbortSignal(controller.signal)).toBe(controller.signal);
  });
});
