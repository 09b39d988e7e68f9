// Values that no caller should give, each made anew.

/** JavaScript callers have no types. */
export const untyped = (value: unknown): never => value as never;
export const trap = (): never => {
  throw new TypeError('a trap');
};
export const revoked = (target: object): object => {
  const { proxy, revoke } = Proxy.revocable(target, {});
  revoke();
  return proxy;
};

/** What cannot be read. Made anew for each call. */
export const UNREADABLE: Readonly<Record<string, () => unknown>> = {
  'a revoked Proxy': () => revoked({}),
  'a revoked Proxy of a list': () => revoked([]),
  'a Proxy that throws': () =>
    new Proxy(
      {},
      { get: trap, has: trap, ownKeys: trap, getPrototypeOf: trap, getOwnPropertyDescriptor: trap },
    ),
};
export const GETTER = {
  'a getter that throws': () => Object.defineProperty({}, 'a', { get: trap, enumerable: true }),
};
/** What is no object of fields, whatever they may be called. */
export const NO_FIELDS: Readonly<Record<string, () => unknown>> = {
  NaN: () => Number.NaN,
  '5n': () => 5n,
  true: () => true,
  'a symbol': () => Symbol('x'),
  'a class': () => class A {},
  'a function': () => () => 1,
  'a text': () => 'text',
  'a long text': () => 'x'.repeat(1_000_000),
  'a list': () => [],
  'a list of holes': () => Object.assign([], { length: 2 ** 32 - 1 }),
  'a Map': () => new Map([['a', 1]]),
  'a Date': () => new Date(Number.NaN),
  'a promise': () => Promise.resolve({}),
};
