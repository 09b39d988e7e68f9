// Whether there is something to wait for.

/** By its shape: where a library replaces the global `Promise`, those of async functions are not its instances. */
export const isPromise = <T>(value: T | Promise<T>): value is Promise<T> =>
  typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function';
