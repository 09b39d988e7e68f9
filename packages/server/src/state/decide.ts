// Whether a call may begin: the one rule, for the states that are in this process. The script of Redis says the same.
import { resetsIn } from './periods.ts';
import type { Limit, Reserved, Want } from './state.ts';

/** What stands of a limit when a call asks. */
export interface Stand {
  readonly used: number;
  readonly reserved: number;
  /** How many calls have reserved of it. */
  readonly underWay: number;
}

/** What is reserved of each want, or the first refusal. A call whose need nobody knows, or that is the only one, has all that is left. */
export const decide = (
  wants: readonly Want[],
  stands: readonly Stand[],
  now: number,
): { readonly reserved: Reserved; readonly amounts: readonly number[] } => {
  const amounts: number[] = [];
  for (const [at, { limit, amount, isBound }] of wants.entries()) {
    const { used, reserved, underWay } = certain(limit, stands[at]);
    const left = limit.most - used;
    const refused = (why: 'used-up' | 'too-much' | 'busy') =>
      ({ isGranted: false, at, why, used, resetsIn: resetsIn(limit.per, now) }) as const;
    if (left <= 0) return { reserved: refused('used-up'), amounts: [] };
    if (amount >= 0 && amount <= left - reserved) {
      amounts.push(amount);
      continue;
    }
    if (isBound && amount > left) return { reserved: refused('too-much'), amounts: [] };
    if (underWay > 0) return { reserved: refused('busy'), amounts: [] };
    amounts.push(left);
  }
  return { reserved: { isGranted: true }, amounts };
};

/** A request that was reserved is one that counts: nobody needs to wait for its end. */
const certain = ({ unit }: Limit, { used, reserved, underWay }: Stand = NOTHING): Stand =>
  unit === 'requests' ? { used: used + reserved, reserved: 0, underWay: 0 } : { used, reserved, underWay };

const NOTHING: Stand = { used: 0, reserved: 0, underWay: 0 };
