// Whether there is something to wait for, or to read as it comes.

/** By its shape: where a library replaces the global `Promise`, those of async functions are not its instances. */
export const isPromise = <T>(value: T | Promise<T>): value is Promise<T> =>
  typeof value === 'object' && value !== null && typeof thenOf(value) === 'function';

/** Not asked for with `in`: over values of all shapes, V8 finds a field faster than it finds that there is none. */
const thenOf = ({ then }: { readonly then?: unknown }): unknown => then;

/** An object with an async iterator. */
export const isAsyncIterable = (value: unknown): value is AsyncIterable<unknown> =>
  typeof value === 'object' && value !== null && Symbol.asyncIterator in value;
