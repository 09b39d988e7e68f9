// Many calls told of one abort over one listener.
import { getEventListeners } from 'node:events';
import { describe, expect, it, vi } from 'vitest';
import { onAbort } from '../../src/attempt/on-abort.ts';

const listeners = (signal: AbortSignal): number => getEventListeners(signal, 'abort').length;

describe('onAbort', () => {
  it('tells all who still listen, over one listener that goes with the last', () => {
    const { signal } = new AbortController();
    const stops = Array.from({ length: 50 }, () => onAbort(signal, () => undefined));
    expect(listeners(signal)).toBe(1);
    for (const stop of stops) stop();
    expect(listeners(signal)).toBe(0);
    onAbort(signal, () => undefined)();
    expect(listeners(signal)).toBe(0);
  });

  it('does not tell who has stopped, and survives one who stops while being told', () => {
    const controller = new AbortController();
    const [first, second, third] = [vi.fn(), vi.fn(), vi.fn()];
    onAbort(controller.signal, first)();
    const stop = onAbort(controller.signal, () => {
      second();
      stop();
    });
    onAbort(controller.signal, third);
    controller.abort();
    expect([first, second, third].map((told) => told.mock.calls.length)).toEqual([0, 1, 1]);
  });

  it('stopping twice does not silence others', () => {
    const controller = new AbortController();
    const stop = onAbort(controller.signal, () => undefined);
    stop();
    const told = vi.fn();
    onAbort(controller.signal, told);
    stop();
    controller.abort();
    expect(told).toHaveBeenCalledOnce();
  });
});
