// Which providers are left alone, told to other processes and heard from them. What carries it out is loaded with the other middleware.
import { wrong } from '../options/check-option.ts';
import { isFields } from '../options/plain-value.ts';
import { reading } from '../options/unreadable.ts';
import type { CircuitLink, Middleware } from '../surface/middleware.ts';

const METHODS = [
  'opened',
  'answered',
  'restsFor',
  'others',
] as const satisfies readonly (keyof CircuitLink)[];

/** By name: the middleware of this package is built apart from its clients. */
const LINK = Symbol.for('g4f.circuit-link');

/**
 * Shares with other processes which providers fail and are left alone for a while. Providers that others leave alone are asked last here,
 * too, as if they had failed here; calls themselves pass unchanged. Of clients in this thread (`AsyncClient`).
 *
 * @throws G4FError `invalid-request` for what is no link.
 */
export const withSharedCircuits = (link: CircuitLink): Middleware => {
  reading(link, () => {
    if (!isFields(link) || METHODS.some((name) => typeof link[name] !== 'function'))
      throw wrong('withSharedCircuits', 'given an object with opened, answered, restsFor and others', link);
  });
  // An option must have a handler. Of chats it has none, so that it costs them nothing.
  const middleware: Middleware = { moderate: (_, next) => next() };
  return Object.defineProperty(middleware, LINK, { value: link });
};

/** The link that a middleware was made of. */
export const linkOf = (middleware: Middleware): CircuitLink | undefined =>
  (middleware as { readonly [LINK]?: CircuitLink })[LINK];
