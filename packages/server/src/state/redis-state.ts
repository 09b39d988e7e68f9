// State in Redis: several gateways keep one account. ioredis is the user's to install.
import type { Redis } from 'ioredis';
import { askRedis, isRefusal, refusedByRedis } from './ask-redis.ts';
import { dayOf, resetsIn } from './periods.ts';
import { RedisRests } from './redis-rests.ts';
import { DELETE_KEY, RENEW, REPLACE_KEY, RESERVE, SAVE_KEY, SETTLE, STANDING } from './redis-scripts.ts';
import { RedisTexts } from './redis-texts.ts';
import type {
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
} from './state.ts';
import { stateError } from './state-error.ts';
import { addSums, isDayMeant, isMeant, NO_SUM, sortSums } from './sums.ts';

/** How Redis is reached. */
export interface RedisTerms {
  /** `redis://:password@host:6379/0`; `rediss:` for TLS. */
  readonly url: string;
  /** How long one command may take, in ms. */
  readonly timeout: number;
  /** For how many days rows and sums are kept. */
  readonly days: number;
  /** Before the names of all keys; `g4f:` unless given. */
  readonly prefix?: string;
}

type Script = (...values: (string | number)[]) => Promise<unknown>;
type Scripts = Readonly<
  Record<'reserve' | 'renew' | 'settle' | 'standing' | 'saveKey' | 'replaceKey' | 'deleteKey', Script>
>;

const SCRIPTS: Readonly<Record<keyof Scripts, string>> = {
  reserve: RESERVE,
  renew: RENEW,
  settle: SETTLE,
  standing: STANDING,
  saveKey: SAVE_KEY,
  replaceKey: REPLACE_KEY,
  deleteKey: DELETE_KEY,
};

/**
 * Connects, and goes on trying where Redis is away: its methods fail until it is there.
 * @throws StateError without ioredis, and where a Redis is there that lets nobody in with this password or has no such database
 */
export const openRedisState = async (terms: RedisTerms): Promise<State> => {
  const { url, timeout } = terms;
  const { host, pathname } = new URL(url);
  const name = `Redis ${host}${pathname === '/' ? '' : pathname}`;
  const redis = await connect(url, timeout, name);
  return new RedisState(name, redis, terms);
};

async function connect(url: string, timeout: number, name: string): Promise<Redis> {
  let RedisClient: typeof Redis;
  try {
    RedisClient = (await import('ioredis')).Redis;
  } catch (error) {
    throw stateError(name, 'ioredis is not installed. Install it: npm install ioredis', error);
  }
  const redis = new RedisClient(url, {
    lazyConnect: true,
    // A command fails at once while Redis is away, and none is sent twice: a reply may have been lost.
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    autoResendUnfulfilledCommands: false,
    commandTimeout: timeout,
    connectTimeout: timeout,
    retryStrategy: (tries) => Math.min(tries * 100, 1_000),
  });
  // Each command tells its own failure.
  redis.on('error', () => undefined);
  const refused = await firstRefusal(redis, timeout);
  if (refused === undefined) return redis;
  redis.disconnect();
  throw refusedByRedis(name, refused);
}

/** Connects once. @returns why a Redis that is there refuses; undefined where it does not, or is away */
async function firstRefusal(redis: Redis, timeout: number): Promise<Error | undefined> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tried = new Promise<Error | undefined>((resolve) => {
    const settle = (error?: unknown) => resolve(error instanceof Error ? error : undefined);
    timer = setTimeout(settle, timeout);
    redis.once('error', settle);
    redis.once('close', () => settle());
    // It has told that it cannot select by no more than an event.
    redis.once('ready', () => redis.select(redis.options.db ?? 0).then(() => settle(), settle));
    redis.connect().catch(() => undefined);
  });
  const error = await tried;
  clearTimeout(timer);
  return error !== undefined && isRefusal(error.message) ? error : undefined;
}

class RedisState implements State {
  readonly name: string;
  readonly texts: RedisTexts;
  readonly rests: RedisRests;
  readonly #redis: Redis;
  readonly #run: Scripts;
  readonly #prefix: string;
  readonly #days: number;

  constructor(name: string, redis: Redis, { prefix = 'g4f:', days }: RedisTerms) {
    this.name = name;
    this.#redis = redis;
    this.#prefix = prefix;
    this.#days = days;
    this.texts = new RedisTexts(name, redis, prefix);
    this.rests = new RedisRests(name, redis, prefix);
    for (const [script, lua] of Object.entries(SCRIPTS))
      redis.defineCommand(script, { lua, numberOfKeys: 0 });
    // What `defineCommand` adds is known to no type.
    this.#run = redis as unknown as Scripts;
  }

  async saveKey(record: KeyRecord): Promise<void> {
    const { id, hash } = record;
    await askRedis(this.name, this.#run.saveKey(this.#prefix, id, hash, JSON.stringify(record)));
  }

  async replaceKey(before: KeyRecord, after: KeyRecord): Promise<boolean> {
    const texts = [JSON.stringify(before), after.hash, JSON.stringify(after)];
    return (await askRedis(this.name, this.#run.replaceKey(this.#prefix, before.id, ...texts))) === 1;
  }

  findKeyByHash(hash: string): Promise<KeyRecord | undefined> {
    return this.#find('hashes', hash);
  }

  findKey(id: string): Promise<KeyRecord | undefined> {
    return this.#find('keys', id);
  }

  async listKeys(): Promise<readonly KeyRecord[]> {
    const found = await askRedis(this.name, this.#redis.hvals(`${this.#prefix}keys`));
    const records = found.map((text): KeyRecord => JSON.parse(text));
    return records.sort((a, b) => a.createdAt - b.createdAt);
  }

  async deleteKey(id: string): Promise<boolean> {
    return (await askRedis(this.name, this.#run.deleteKey(this.#prefix, id))) === 1;
  }

  async reserve({ call, key, wants, lease }: Reservation): Promise<Reserved> {
    const given = wants.flatMap(({ limit, amount, isBound }) => [
      ...[...counterOf(limit), limit.most, amount, isBound ? 1 : 0],
    ]);
    const answer = await askRedis(this.name, this.#run.reserve(this.#prefix, key, call, lease, ...given));
    const [why, at, used, now] = Array.isArray(answer) ? answer : [];
    if (why === 'granted') return { isGranted: true };
    const { per } = wants[Number(at)]?.limit ?? { per: 'total' };
    return {
      isGranted: false,
      at: Number(at),
      why,
      used: Number(used),
      resetsIn: resetsIn(per, Number(now)),
    };
  }

  async renew(calls: ReadonlyMap<string, string>, lease: number): Promise<void> {
    const given = [...calls].flatMap(([call, key]) => [key, call]);
    await askRedis(this.name, this.#run.renew(this.#prefix, lease, ...given));
  }

  async settle(settlements: readonly Settlement[]): Promise<void> {
    await Promise.all(settlements.map((settlement) => askRedis(this.name, this.#settle(settlement))));
  }

  async standing(key: string, limits: readonly Limit[]): Promise<readonly Standing[]> {
    const given = limits.flatMap(counterOf);
    const answer = await askRedis(this.name, this.#run.standing(this.#prefix, key, ...given));
    const [now, ...found] = Array.isArray(answer) ? answer.map(Number) : [];
    return limits.map(({ per }, at) => ({
      used: found[2 * at] ?? 0,
      reserved: found[2 * at + 1] ?? 0,
      resetsIn: resetsIn(per, now ?? 0),
    }));
  }

  async usage(by: UsageBy, filter: UsageFilter): Promise<readonly UsageSum[]> {
    const sums = new Map<string, Omit<UsageSum, 'of'>>();
    for (const day of await this.#daysOf(filter)) {
      const fields = await askRedis(this.name, this.#redis.hgetall(`${this.#prefix}sums:${day}`));
      for (const [field, amount] of Object.entries(fields)) {
        const [key, model, provider, name]: string[] = JSON.parse(field.replace(/\](\w+)$/, ',"$1"]'));
        if (!isMeant({ at: Date.parse(day), key: key ?? '', model: model ?? '' }, filter)) continue;
        const of = { key, model, provider, day }[by] ?? '';
        sums.set(of, addSums(sums.get(of) ?? NO_SUM, { ...NO_SUM, [name ?? '']: Number(amount) }));
      }
    }
    return sortSums(
      by,
      [...sums].map(([of, sum]) => ({ of, ...sum })),
    );
  }

  async rows(filter: UsageFilter, most: number): Promise<readonly LedgerRow[]> {
    const rows: LedgerRow[] = [];
    for (const day of (await this.#daysOf(filter)).toReversed()) {
      let before = '+';
      for (;;) {
        const entries = await askRedis(
          this.name,
          this.#redis.xrevrange(`${this.#prefix}rows:${day}`, before, '-', 'COUNT', 1000),
        );
        for (const [, [, text = '{}']] of entries) {
          const row: LedgerRow = JSON.parse(text);
          if (isMeant(row, filter)) rows.push(row);
          if (rows.length === most) return rows;
        }
        const last = entries.at(-1);
        if (last === undefined) break;
        before = `(${last[0]}`;
      }
    }
    return rows;
  }

  /** Rows and counters expire by themselves; their days are named until then. */
  async forget(before: number): Promise<void> {
    const old = (await this.#daysOf({})).filter((day) => day < dayOf(before));
    if (old.length > 0) await askRedis(this.name, this.#redis.srem(`${this.#prefix}days`, ...old));
  }

  async close(): Promise<void> {
    this.#redis.disconnect();
  }

  async #find(place: 'hashes' | 'keys', name: string): Promise<KeyRecord | undefined> {
    const found = await askRedis(this.name, this.#redis.hget(`${this.#prefix}${place}`, name));
    return found === null ? undefined : JSON.parse(found);
  }

  #settle({ row, charges }: Settlement): Promise<unknown> {
    const { id, at, key, model, provider, status, promptTokens, completionTokens, cost } = row;
    const field = JSON.stringify([key, model, provider]);
    const counts = [status >= 400 ? 1 : 0, promptTokens, completionTokens, cost];
    return this.#run.settle(
      ...[this.#prefix, key, id, dayOf(at), JSON.stringify(row), field, this.#days, ...counts],
      ...charges.flatMap((charge) => [...counterOf(charge), charge.amount]),
    );
  }

  async #daysOf(filter: UsageFilter): Promise<string[]> {
    const days = await askRedis(this.name, this.#redis.smembers(`${this.#prefix}days`));
    return days.filter((day) => isDayMeant(day, filter)).sort();
  }
}

const counterOf = ({ unit, per }: Pick<Limit, 'unit' | 'per'>): [string, string] => [`${unit} ${per}`, per];
