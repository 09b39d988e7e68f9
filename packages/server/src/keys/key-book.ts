// The virtual keys of a gateway: made, changed, told of and taken away.
import { refuse } from '../failure/refusal.ts';
import type { Json } from '../json/json.ts';
import type { KeyRecord, State } from '../state/state.ts';
import { fromWhole } from './amounts.ts';
import { changeTerms, readTerms, type ShownKey, shownKey, shownLimit } from './key-terms.ts';
import { newId, newSecret } from './secret.ts';

/** A key that was just made: this is the only time that it is shown. */
export type NewKey = ShownKey & { readonly key: string };

/** A limit of a key, and what it has used of it. */
export interface KeyStanding {
  /** Under `requests`, `tokens` or `dollars` the most, beside `per`. */
  readonly [limit: string]: string | number | null;
  readonly used: number;
  readonly reserved: number;
  /** When the period is over, as a time; null if it never is. */
  readonly resets: string | null;
}

/** Makes a key. @throws Refusal 400 that names the field */
export const createKey = async (state: State, given: Json): Promise<NewKey> => {
  const terms = readTerms(given);
  const { key, ...secret } = await newSecret();
  const record: KeyRecord = { id: newId(), ...secret, createdAt: Date.now(), ...terms };
  await state.saveKey(record);
  return { ...shownKey(record), key };
};

/** All keys, in the order in which they were made. */
export const listKeys = async (state: State): Promise<readonly ShownKey[]> =>
  (await state.listKeys()).map(shownKey);

/** One key, and what stands of its limits. @throws Refusal 404 */
export const showKey = async (
  state: State,
  id: string,
): Promise<ShownKey & { readonly usage: readonly KeyStanding[] }> => {
  const record = await mustFind(state, id);
  const standings = await state.standing(record.id, record.limits);
  const now = Date.now();
  const usage = record.limits.map((limit, at): KeyStanding => {
    const { used = 0, reserved = 0, resetsIn } = standings[at] ?? {};
    return {
      ...shownLimit(limit),
      used: fromWhole(limit.unit, used),
      reserved: fromWhole(limit.unit, reserved),
      resets: resetsIn === undefined ? null : new Date(now + resetsIn).toISOString(),
    };
  });
  return { ...shownKey(record), usage };
};

/** Changes what a key allows; what is not given stays, and what was used counts on. @throws Refusal 400, 404 */
export const changeKey = async (state: State, id: string, given: Json): Promise<ShownKey> => {
  const record = await replace(state, id, ({ id: same, hash, ending, createdAt, ...terms }) => ({
    ...changeTerms(terms, given),
    ...{ id: same, hash, ending, createdAt },
  }));
  return shownKey(record);
};

/** Gives a key another secret; the old one is refused from now on. @throws Refusal 404 */
export const rotateKey = async (state: State, id: string): Promise<NewKey> => {
  const { key, ...secret } = await newSecret();
  const record = await replace(state, id, (old) => ({ ...old, ...secret }));
  return { ...shownKey(record), key };
};

/** Takes a key away. Its rows of the ledger stay. @throws Refusal 404 */
export const deleteKey = async (state: State, id: string): Promise<void> => {
  if (!(await state.deleteKey(id))) throw notFound(id);
};

/** Again where another change came first: each failed try is somebody's success. */
async function replace(state: State, id: string, changed: (old: KeyRecord) => KeyRecord): Promise<KeyRecord> {
  for (;;) {
    const old = await mustFind(state, id);
    const record = changed(old);
    if (await state.replaceKey(old, record)) return record;
  }
}

async function mustFind(state: State, id: string): Promise<KeyRecord> {
  const record = await state.findKey(id);
  if (record === undefined) throw notFound(id);
  return record;
}

const notFound = (id: string) =>
  refuse(404, 'not-found', `There is no key with the id ${JSON.stringify(id.slice(0, 50))}.`);
