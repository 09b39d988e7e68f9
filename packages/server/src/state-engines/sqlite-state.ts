// State in a file of SQLite: what is written outlives the process, and several processes of one machine may share it.
import { decide, type Stand } from '../state/decide.ts';
import { readKeyRecord, writtenText } from '../state/key-record.ts';
import { dayOf, periodAt, resetsIn } from '../state/periods.ts';
import type {
  Charge,
  KeyRecord,
  LedgerRow,
  Limit,
  Reservation,
  Reserved,
  Settlement,
  Standing,
  State,
  UsageBy,
  UsageFilter,
  UsageSum,
} from '../state/state.ts';
import { openSqliteFile, type SqliteFile } from './sqlite-file.ts';
import { numberOf, rowOf, SUM_COLUMNS, sumOf, textOf, whereOf } from './sqlite-rows.ts';
import { SqliteTexts } from './sqlite-texts.ts';

/** How a file is opened. */
export interface SqliteTerms {
  readonly file: string;
  /** How long a lock is waited for, in ms. */
  readonly timeout: number;
  /** The time in ms since 1970; this machine's unless given. */
  readonly clock?: () => number;
}

/** @throws StateError for a file that is damaged, locked, of a newer version, or cannot be opened */
export const openSqliteState = async ({ file, timeout, clock = Date.now }: SqliteTerms): Promise<State> =>
  new SqliteState(await openSqliteFile(file, timeout), clock);

class SqliteState implements State {
  readonly name: string;
  readonly texts: SqliteTexts;
  readonly #file: SqliteFile;
  readonly #clock: () => number;

  constructor(file: SqliteFile, clock: () => number) {
    this.name = file.name;
    this.texts = new SqliteTexts(file, clock);
    this.#file = file;
    this.#clock = clock;
  }

  async saveKey(record: KeyRecord): Promise<void> {
    const { id, hash, createdAt } = record;
    await this.#file.write(() =>
      this.#run(
        `INSERT INTO keys (id, hash, created_at, record) VALUES (?, ?, ?, ?)
         ON CONFLICT (id) DO UPDATE SET hash = excluded.hash, record = excluded.record`,
        ...[id, hash, createdAt, JSON.stringify(record)],
      ),
    );
  }

  async replaceKey(before: KeyRecord, after: KeyRecord): Promise<boolean> {
    return this.#file.write(
      () =>
        this.#run(
          'UPDATE keys SET hash = ?, record = ? WHERE id = ? AND record = ?',
          ...[after.hash, JSON.stringify(after), before.id, writtenText(before)],
        ) > 0,
    );
  }

  async findKeyByHash(hash: string): Promise<KeyRecord | undefined> {
    return (await this.#keys('WHERE hash = ?', hash))[0];
  }

  async findKey(id: string): Promise<KeyRecord | undefined> {
    return (await this.#keys('WHERE id = ?', id))[0];
  }

  async listKeys(): Promise<readonly KeyRecord[]> {
    return this.#keys('ORDER BY created_at, id');
  }

  async deleteKey(id: string): Promise<boolean> {
    return this.#file.write(() => {
      this.#run('DELETE FROM used WHERE key = ?', id);
      this.#run('DELETE FROM reserved WHERE key = ?', id);
      return this.#run('DELETE FROM keys WHERE id = ?', id) > 0;
    });
  }

  async reserve({ call, key, wants, lease }: Reservation): Promise<Reserved> {
    return this.#file.write(() => {
      const now = this.#clock();
      this.#run('DELETE FROM reserved WHERE until <= ?', now);
      const stands = wants.map(({ limit }) => this.#stand(key, limit, now));
      const { reserved, amounts } = decide(wants, stands, now);
      if (reserved.isGranted)
        for (const [at, { limit }] of wants.entries())
          this.#run(
            'INSERT INTO reserved (call, key, counter, period, amount, until) VALUES (?, ?, ?, ?, ?, ?)',
            ...[call, key, counterOf(limit), periodAt(limit.per, now), amounts[at] ?? 0, now + lease],
          );
      return reserved;
    });
  }

  async renew(calls: ReadonlyMap<string, string>, lease: number): Promise<void> {
    await this.#file.write(() => {
      const until = this.#clock() + lease;
      for (const call of calls.keys()) this.#run('UPDATE reserved SET until = ? WHERE call = ?', until, call);
    });
  }

  async settle(settlements: readonly Settlement[]): Promise<void> {
    await this.#file.write(() => {
      for (const { row, charges } of settlements) if (this.#insert(row)) this.#charge(row, charges);
    });
  }

  async standing(key: string, limits: readonly Limit[]): Promise<readonly Standing[]> {
    return this.#file.read(() => {
      const now = this.#clock();
      return limits.map((limit) => {
        const { used, reserved } = this.#stand(key, limit, now);
        return { used, reserved, resetsIn: resetsIn(limit.per, now) };
      });
    });
  }

  async usage(by: UsageBy, filter: UsageFilter): Promise<readonly UsageSum[]> {
    const { where, values } = whereOf(filter);
    const order = by === 'day' ? 'of_what' : 'cost DESC, requests DESC';
    const sql = `SELECT ${by} AS of_what, ${SUM_COLUMNS} FROM ledger ${where} GROUP BY ${by} ORDER BY ${order}`;
    return this.#file.read(() =>
      this.#file
        .prepare(sql)
        .all(...values)
        .map(sumOf),
    );
  }

  async rows(filter: UsageFilter, most: number): Promise<readonly LedgerRow[]> {
    const { where, values } = whereOf(filter);
    const sql = `SELECT * FROM ledger ${where} ORDER BY at DESC LIMIT ?`;
    return this.#file.read(() =>
      this.#file
        .prepare(sql)
        .all(...values, most)
        .map((row) => rowOf(row, this.name)),
    );
  }

  async forget(before: number): Promise<void> {
    await this.#file.write(() => {
      this.#run('DELETE FROM ledger WHERE at < ?', before);
      this.#run('DELETE FROM used WHERE ends_at < ?', before);
      this.texts.forget();
    });
  }

  async close(): Promise<void> {
    this.#file.close();
  }

  #run(sql: string, ...values: (string | number | null)[]): number {
    return Number(this.#file.prepare(sql).run(...values).changes);
  }

  #keys(where: string, ...values: string[]): Promise<readonly KeyRecord[]> {
    return this.#file.read(() =>
      this.#file
        .prepare(`SELECT record FROM keys ${where}`)
        .all(...values)
        .map((row) => readKeyRecord(textOf(row, 'record'), this.name)),
    );
  }

  #stand(key: string, limit: Limit, now: number): Stand {
    const place = [key, counterOf(limit), periodAt(limit.per, now)] as const;
    const used = this.#file
      .prepare('SELECT amount FROM used WHERE key = ? AND counter = ? AND period = ?')
      .get(...place);
    const held = this.#file
      .prepare(
        `SELECT COALESCE(SUM(amount), 0) AS amount, COUNT(*) AS calls FROM reserved
         WHERE key = ? AND counter = ? AND period = ? AND until > ?`,
      )
      .get(...place, now);
    return {
      used: numberOf(used, 'amount'),
      reserved: numberOf(held, 'amount'),
      underWay: numberOf(held, 'calls'),
    };
  }

  /** @returns whether it was not there yet. */
  #insert(row: LedgerRow): boolean {
    const { id, at, key, model, provider, operation, promptTokens, completionTokens, cost, status, ms } = row;
    return (
      this.#run(
        `INSERT OR IGNORE INTO ledger (id, at, day, key, model, provider, operation, prompt_tokens, completion_tokens, cost, status, ms)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        ...[id, at, dayOf(at), key, model, provider, operation, promptTokens, completionTokens],
        ...[cost, status, ms],
      ) > 0
    );
  }

  #charge({ id, key }: LedgerRow, charges: readonly Charge[]): void {
    const now = this.#clock();
    for (const charge of charges) {
      const counter = counterOf(charge);
      const held = this.#file
        .prepare('SELECT period FROM reserved WHERE call = ? AND counter = ?')
        .get(id, counter);
      const period = held == null ? periodAt(charge.per, now) : numberOf(held, 'period');
      const wait = resetsIn(charge.per, now);
      this.#run(
        `INSERT INTO used (key, counter, period, amount, ends_at) VALUES (?, ?, ?, ?, ?)
         ON CONFLICT (key, counter, period) DO UPDATE SET amount = amount + excluded.amount`,
        ...[key, counter, period, charge.amount],
        wait === undefined ? null : now + wait,
      );
    }
    this.#run('DELETE FROM reserved WHERE call = ?', id);
  }
}

const counterOf = ({ unit, per }: Pick<Limit, 'unit' | 'per'>): string => `${unit} ${per}`;
