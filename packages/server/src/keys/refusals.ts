// What a caller is told whose key does not let a call begin.
import { type Refusal, refuse } from '../failure/refusal.ts';
import type { Reserved, Want } from '../state/state.ts';
import { fromWhole } from './amounts.ts';

/** A caller that is told to wait for calls under way asks again after this, in ms. */
const SOON = 1_000;

/** The key was good. */
export const endedKey = (why: 'is disabled' | 'has expired'): Refusal =>
  refuse(401, 'invalid-key', `This key ${why}: ask the operator of this gateway for another.`);

/** Another model may do. */
export const modelNotAllowed = (model: string): Refusal =>
  refuse(
    403,
    'forbidden',
    `This key may not ask for the model ${JSON.stringify(model.slice(0, 200))}: GET /v1/models lists those it may.`,
    { param: 'model' },
  );

/** The state is away, and the operator wants no call that is not counted. */
export const stateDown = (): Refusal =>
  refuse(503, 'state-down', 'The gateway cannot reach its state (keys, budgets, responses) now: ask again.', {
    retryAfterMs: SOON,
  });

/** A limit of the key does not let this call begin. */
export const overLimit = (
  wants: readonly Want[],
  { at, why, used, resetsIn }: Reserved & { isGranted: false },
): Refusal => {
  const want = wants[at];
  const { unit, per, most } = want?.limit ?? { unit: 'requests', per: 'minute', most: 0 };
  const [limit, sofar, need] = [most, used, want?.amount ?? 0].map((whole) => shown(fromWhole(unit, whole)));
  const begins =
    resetsIn === undefined ? '' : ` It begins anew at ${new Date(Date.now() + resetsIn).toISOString()}.`;
  const said = `The limit of this key is ${limit} ${unit} ${per === 'total' ? 'in all' : `per ${per}`}; ${sofar} are used`;
  const code = per === 'minute' ? 'rate-limit' : 'budget-exceeded';
  if (why === 'busy')
    return refuse(429, code, `${said}, and calls under way may need what is left: ask again.`, {
      retryAfterMs: SOON,
    });
  const more = why === 'too-much' ? `, and this call may use ${need}: lower max_tokens, or send less` : '';
  return refuse(429, code, `${said}${more}.${begins}`, { retryAfterMs: resetsIn });
};

const shown = (amount: number): string => String(Number(amount.toPrecision(6)));
