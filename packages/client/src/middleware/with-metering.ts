// The middleware that counts calls, as a program names it: what carries it out is loaded with the first call.
import { wrong } from '../options/check-option.ts';
import { isFields } from '../options/plain-value.ts';
import { reading } from '../options/unreadable.ts';
import type { AnyHandler, Meter, Middleware } from '../surface/middleware.ts';

/**
 * Tells a meter what each call may use, before anybody is asked, and what it did use, when it is over: for accounts and limits that are
 * kept elsewhere, such as in a database. What a call may use is estimated as {@link withBudget} does.
 *
 * @throws G4FError `invalid-request` for what is no meter.
 */
export const withMetering = (meter: Meter): Middleware => {
  reading(meter, () => {
    if (!isFields(meter) || typeof meter.begin !== 'function')
      throw wrong('withMetering', 'given an object with the method begin', meter);
  });
  return meteredBy(async () => meter);
};

/** The same, of a meter that is loaded with the first call. */
export const meteredBy = (load: () => Promise<Meter>): Middleware => {
  let loaded: Promise<AnyHandler> | undefined;
  return async (call, next) => {
    loaded ??= Promise.all([import('./metered-call.ts'), load()]).then(([{ createMetering }, meter]) =>
      createMetering(meter),
    );
    return (await loaded)(call, next);
  };
};
