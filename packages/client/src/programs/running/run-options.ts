// The options of a run, checked before its first call: a program gives its calls copies of them, in which what is odd would be lost.
import { checkGiven, checkNames } from '../../options/check-names.ts';
import { checkSignal } from '../../options/check-option.ts';
import { CALL_OPTIONS } from '../../options/option-names.ts';
import { peek, reading } from '../../options/unreadable.ts';
import type { CallOptions } from '../../surface/options.ts';

/** The options themselves. @throws G4FError `invalid-request` */
export const runOptions = (given: CallOptions | null | undefined): CallOptions | undefined =>
  reading(given, () => {
    const own = checkGiven(given);
    if (own !== undefined) checkNames(own, CALL_OPTIONS);
    return own;
  });

/** The signal that ends a run: of the first that have one. @throws G4FError `invalid-request` for what is none */
export const runSignal = (
  ...given: readonly ({ readonly signal?: AbortSignal | undefined } | null | undefined)[]
): AbortSignal | undefined => {
  const signal = given.map((one) => peek(one, 'signal')).find((one) => one != null);
  return reading({ signal }, () => checkSignal(signal));
};
