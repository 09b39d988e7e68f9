// Sets a field of an object that is being made from a caller's.

/** As a field whatever its name: assigned, one called `__proto__` would become the prototype. */
export const define = (target: Record<string, unknown>, name: string, value: unknown): void => {
  if (name !== '__proto__') target[name] = value;
  else Object.defineProperty(target, name, { value, enumerable: true, configurable: true, writable: true });
};
