// Tells any number of calls of the abort of one signal, over a single listener: a signal that many calls share at
// once would otherwise raise Node's warning of a leak.

import type { Abortable } from '@g4f/core';

interface Fan {
  readonly told: Set<() => void>;
  readonly listener: () => void;
}

const fans = new WeakMap<Abortable, Fan>();

/** @returns stops the telling; with the last one the listener goes. */
export const onAbort = (signal: Abortable, tell: () => void): (() => void) => {
  // Our own are no event targets, and have as many listeners as there are.
  if (!('dispatchEvent' in signal)) {
    signal.addEventListener('abort', tell);
    return () => signal.removeEventListener('abort', tell);
  }
  const fan = fans.get(signal) ?? openFan(signal);
  fan.told.add(tell);
  return () => {
    fan.told.delete(tell);
    if (fan.told.size > 0) return;
    signal.removeEventListener('abort', fan.listener);
    if (fans.get(signal) === fan) fans.delete(signal);
  };
};

function openFan(signal: Abortable): Fan {
  const told = new Set<() => void>();
  const listener = (): void => {
    for (const tell of [...told]) tell();
  };
  const fan = { told, listener };
  fans.set(signal, fan);
  signal.addEventListener('abort', listener);
  return fan;
}
