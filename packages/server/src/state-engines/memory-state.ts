// State in the memory of this process: lost with it. For tests, and for keys that a program makes at its start.
import { decide, type Stand } from '../state/decide.ts';
import { periodAt, resetsIn } from '../state/periods.ts';
import type {
  KeyRecord,
  LedgerRow,
  Limit,
  Period,
  Reservation,
  Reserved,
  Settlement,
  Standing,
  State,
  Unit,
  UsageBy,
  UsageFilter,
  UsageSum,
} from '../state/state.ts';
import { isMeant, sortSums, sumRows } from '../state/sums.ts';

/** Rows of the ledger that are kept; the oldest goes first. */
const ROWS = 100_000;

interface Held {
  readonly key: string;
  until: number;
  /** By the name of the counter. */
  readonly amounts: ReadonlyMap<string, { readonly amount: number; readonly period: number }>;
}

/** @param clock the time in ms since 1970. */
export const createMemoryState = (clock: () => number = Date.now): State => new MemoryState(clock);

class MemoryState implements State {
  readonly name = 'memory';
  readonly texts = undefined;
  readonly #clock: () => number;
  readonly #keys = new Map<string, KeyRecord>();
  readonly #used = new Map<string, { amount: number; readonly endsAt: number }>();
  readonly #held = new Map<string, Held>();
  readonly #rows = new Map<string, LedgerRow>();

  constructor(clock: () => number) {
    this.#clock = clock;
  }

  async saveKey(record: KeyRecord): Promise<void> {
    this.#keys.set(record.id, record);
  }

  async replaceKey(before: KeyRecord, after: KeyRecord): Promise<boolean> {
    if (JSON.stringify(this.#keys.get(before.id)) !== JSON.stringify(before)) return false;
    this.#keys.set(before.id, after);
    return true;
  }

  async findKeyByHash(hash: string): Promise<KeyRecord | undefined> {
    return [...this.#keys.values()].find((record) => record.hash === hash);
  }

  async findKey(id: string): Promise<KeyRecord | undefined> {
    return this.#keys.get(id);
  }

  async listKeys(): Promise<readonly KeyRecord[]> {
    return [...this.#keys.values()].sort((a, b) => a.createdAt - b.createdAt);
  }

  async deleteKey(id: string): Promise<boolean> {
    for (const name of this.#used.keys()) if (name.startsWith(`${id} `)) this.#used.delete(name);
    for (const [call, held] of this.#held) if (held.key === id) this.#held.delete(call);
    return this.#keys.delete(id);
  }

  async reserve({ call, key, wants, lease }: Reservation): Promise<Reserved> {
    const now = this.#clock();
    this.#expire(now);
    const stands = wants.map(({ limit }) => this.#stand(key, limit, now));
    const { reserved, amounts } = decide(wants, stands, now);
    if (reserved.isGranted) {
      const held = wants.map(({ limit: { unit, per } }, at) => {
        const amount = amounts[at] ?? 0;
        return [`${unit} ${per}`, { amount, period: periodAt(per, now) }] as const;
      });
      this.#held.set(call, { key, until: now + lease, amounts: new Map(held) });
    }
    return reserved;
  }

  async renew(calls: ReadonlyMap<string, string>, lease: number): Promise<void> {
    const until = this.#clock() + lease;
    for (const call of calls.keys()) {
      const held = this.#held.get(call);
      if (held !== undefined) held.until = until;
    }
  }

  async settle(settlements: readonly Settlement[]): Promise<void> {
    const now = this.#clock();
    for (const { row, charges } of settlements) {
      if (this.#rows.has(row.id)) continue;
      this.#rows.set(row.id, row);
      const held = this.#held.get(row.id);
      this.#held.delete(row.id);
      for (const { unit, per, amount } of charges) {
        const period = held?.amounts.get(`${unit} ${per}`)?.period ?? periodAt(per, now);
        this.#add(row.key, unit, per, period, amount, now);
      }
    }
    for (const id of this.#rows.keys()) {
      if (this.#rows.size <= ROWS) break;
      this.#rows.delete(id);
    }
  }

  async standing(key: string, limits: readonly Limit[]): Promise<readonly Standing[]> {
    const now = this.#clock();
    return limits.map((limit) => {
      const { used, reserved } = this.#stand(key, limit, now);
      return { used, reserved, resetsIn: resetsIn(limit.per, now) };
    });
  }

  async usage(by: UsageBy, filter: UsageFilter): Promise<readonly UsageSum[]> {
    return sortSums(by, sumRows(by, this.#matching(filter)));
  }

  async rows(filter: UsageFilter, most: number): Promise<readonly LedgerRow[]> {
    return this.#matching(filter)
      .sort((a, b) => b.at - a.at)
      .slice(0, most);
  }

  async forget(before: number): Promise<void> {
    for (const [id, { at }] of this.#rows) if (at < before) this.#rows.delete(id);
    for (const [name, { endsAt }] of this.#used) if (endsAt < before) this.#used.delete(name);
  }

  async close(): Promise<void> {}

  #matching(filter: UsageFilter): LedgerRow[] {
    return [...this.#rows.values()].filter((row) => isMeant(row, filter));
  }

  #stand(key: string, { unit, per }: Limit, now: number): Stand {
    const period = periodAt(per, now);
    let reserved = 0;
    let underWay = 0;
    for (const held of this.#held.values()) {
      const of = held.key === key ? held.amounts.get(`${unit} ${per}`) : undefined;
      if (of?.period !== period || held.until <= now) continue;
      reserved += of.amount;
      underWay += 1;
    }
    const used = this.#used.get(`${key} ${unit} ${per} ${period}`)?.amount ?? 0;
    return { used, reserved, underWay };
  }

  #add(key: string, unit: Unit, per: Period, period: number, amount: number, now: number): void {
    const name = `${key} ${unit} ${per} ${period}`;
    const found = this.#used.get(name);
    if (found !== undefined) found.amount += amount;
    else this.#used.set(name, { amount, endsAt: now + (resetsIn(per, now) ?? Number.POSITIVE_INFINITY) });
  }

  #expire(now: number): void {
    for (const [call, { until }] of this.#held) if (until <= now) this.#held.delete(call);
  }
}
