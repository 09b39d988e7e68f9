// Tells any number of calls of the abort of one signal, over a single listener: a signal that many calls share at
// once would otherwise raise Node's warning of a leak.

interface Fan {
  readonly told: Set<() => void>;
  readonly listener: () => void;
}

const fans = new WeakMap<AbortSignal, Fan>();

/** @returns stops the telling; with the last one the listener goes. */
export const onAbort = (signal: AbortSignal, tell: () => void): (() => void) => {
  const fan = fans.get(signal) ?? openFan(signal);
  fan.told.add(tell);
  return () => {
    fan.told.delete(tell);
    if (fan.told.size > 0) return;
    signal.removeEventListener('abort', fan.listener);
    if (fans.get(signal) === fan) fans.delete(signal);
  };
};

function openFan(signal: AbortSignal): Fan {
  const told = new Set<() => void>();
  const listener = (): void => {
    for (const tell of [...told]) tell();
  };
  const fan = { told, listener };
  fans.set(signal, fan);
  signal.addEventListener('abort', listener);
  return fan;
}
