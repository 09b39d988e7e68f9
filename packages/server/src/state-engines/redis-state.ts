// State in Redis: several gateways keep one account. ioredis is the user's to install.
import type { Redis } from 'ioredis';
import { readKeyRecord, writtenText } from '../state/key-record.ts';
import { readLedgerRow } from '../state/ledger-row.ts';
import { dayOf, isDay, resetsIn } from '../state/periods.ts';
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
  Want,
} from '../state/state.ts';
import { stateError } from '../state/state-error.ts';
import { addSums, isDayMeant, isMeant, NO_SUM, sortSums } from '../state/sums.ts';
import { type AskedRedis, askRedis, isRefusal, readAnswer, refusedByRedis } from './ask-redis.ts';
import { watchReplies } from './redis-replies.ts';
import { RedisRests } from './redis-rests.ts';
import { DELETE_KEY, RENEW, REPLACE_KEY, RESERVE, SAVE_KEY, SETTLE, STANDING } from './redis-scripts.ts';
import { readSum } from './redis-sums.ts';
import { RedisTexts } from './redis-texts.ts';

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
  const { host, pathname, username, password } = new URL(url);
  const name = `Redis ${host}${pathname === '/' ? '' : pathname}`;
  const secrets = [username, password].flatMap((part) => [part, unescaped(part)]);
  const asked = { name, secrets, waiting: 0, silentSince: undefined };
  return new RedisState(asked, await connect(url, timeout, asked), terms);
};

/** As it was before it was written into an address. */
const unescaped = (part: string): string => {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
};

async function connect(url: string, timeout: number, asked: AskedRedis): Promise<Redis> {
  const { name } = asked;
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
    // What was asked of a connection over which nothing comes is kept until that is closed.
    socketTimeout: 2 * timeout,
    connectTimeout: timeout,
    retryStrategy: (tries) => Math.min(tries * 100, 1_000),
  });
  // Each command tells its own failure.
  redis.on('error', () => undefined);
  watchReplies(redis, asked, 2 * timeout);
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
  readonly #asked: AskedRedis;
  readonly #redis: Redis;
  readonly #run: Scripts;
  readonly #prefix: string;
  readonly #days: number;

  constructor(asked: AskedRedis, redis: Redis, { prefix = 'g4f:', days }: RedisTerms) {
    this.name = asked.name;
    this.#asked = asked;
    this.#redis = redis;
    this.#prefix = prefix;
    this.#days = days;
    this.texts = new RedisTexts(asked, redis, prefix);
    this.rests = new RedisRests(asked, redis, prefix);
    for (const [script, lua] of Object.entries(SCRIPTS))
      redis.defineCommand(script, { lua, numberOfKeys: 0 });
    // What `defineCommand` adds is known to no type.
    this.#run = redis as unknown as Scripts;
  }

  async saveKey(record: KeyRecord): Promise<void> {
    const { id, hash } = record;
    await askRedis(this.#asked, this.#run.saveKey(this.#prefix, id, hash, JSON.stringify(record)));
  }

  async replaceKey(before: KeyRecord, after: KeyRecord): Promise<boolean> {
    const texts = [writtenText(before), after.hash, JSON.stringify(after)];
    return (await askRedis(this.#asked, this.#run.replaceKey(this.#prefix, before.id, ...texts))) === 1;
  }

  findKeyByHash(hash: string): Promise<KeyRecord | undefined> {
    return this.#find('hashes', hash);
  }

  findKey(id: string): Promise<KeyRecord | undefined> {
    return this.#find('keys', id);
  }

  async listKeys(): Promise<readonly KeyRecord[]> {
    const found = await askRedis(this.#asked, this.#redis.hvals(`${this.#prefix}keys`));
    const records = readAnswer(this.#asked, found, () => found.map((text) => readKeyRecord(text, this.name)));
    return records.sort((a, b) => a.createdAt - b.createdAt);
  }

  async deleteKey(id: string): Promise<boolean> {
    return (await askRedis(this.#asked, this.#run.deleteKey(this.#prefix, id))) === 1;
  }

  async reserve({ call, key, wants, lease }: Reservation): Promise<Reserved> {
    const given = wants.flatMap(({ limit, amount, isBound }) => [
      ...[...counterOf(limit), limit.most, amount, isBound ? 1 : 0],
    ]);
    const answer = await askRedis(this.#asked, this.#run.reserve(this.#prefix, key, call, lease, ...given));
    return readAnswer(this.#asked, answer, (said) => reservedBy(said, wants));
  }

  async renew(calls: ReadonlyMap<string, string>, lease: number): Promise<void> {
    const given = [...calls].flatMap(([call, key]) => [key, call]);
    await askRedis(this.#asked, this.#run.renew(this.#prefix, lease, ...given));
  }

  async settle(settlements: readonly Settlement[]): Promise<void> {
    await Promise.all(settlements.map((settlement) => askRedis(this.#asked, this.#settle(settlement))));
  }

  async standing(key: string, limits: readonly Limit[]): Promise<readonly Standing[]> {
    const given = limits.flatMap(counterOf);
    const answer = await askRedis(this.#asked, this.#run.standing(this.#prefix, key, ...given));
    return readAnswer(this.#asked, answer, (said) => {
      const [now = Number.NaN, ...found] = Array.isArray(said) ? said : [];
      return limits.map(({ per }, at) => ({
        used: numberIn(found[2 * at]),
        reserved: numberIn(found[2 * at + 1]),
        resetsIn: resetsIn(per, numberIn(now)),
      }));
    });
  }

  async usage(by: UsageBy, filter: UsageFilter): Promise<readonly UsageSum[]> {
    const sums = new Map<string, Omit<UsageSum, 'of'>>();
    for (const day of await this.#daysOf(filter)) {
      const fields = await askRedis(this.#asked, this.#redis.hgetall(`${this.#prefix}sums:${day}`));
      for (const [field, amount] of Object.entries(fields)) {
        const { sum, ...found } = readAnswer(this.#asked, field, () => readSum(field, amount));
        if (!isMeant({ at: Date.parse(day), ...found }, filter)) continue;
        const of = { ...found, day }[by];
        sums.set(of, addSums(sums.get(of) ?? NO_SUM, sum));
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
          this.#asked,
          this.#redis.xrevrange(`${this.#prefix}rows:${day}`, before, '-', 'COUNT', 1000),
        );
        const found = readAnswer(this.#asked, entries, () =>
          entries.map(([, [, text]]) => readLedgerRow(text, this.name)),
        );
        rows.push(...found.filter((row) => isMeant(row, filter)));
        if (rows.length >= most) return rows.slice(0, most);
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
    if (old.length > 0) await askRedis(this.#asked, this.#redis.srem(`${this.#prefix}days`, ...old));
  }

  async close(): Promise<void> {
    this.#redis.disconnect();
  }

  async #find(place: 'hashes' | 'keys', name: string): Promise<KeyRecord | undefined> {
    const found = await askRedis(this.#asked, this.#redis.hget(`${this.#prefix}${place}`, name));
    return found === null ? undefined : readKeyRecord(found, this.name);
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
    const days = await askRedis(this.#asked, this.#redis.smembers(`${this.#prefix}days`));
    return readAnswer(this.#asked, days, () =>
      days.filter((day) => isDay(day) && isDayMeant(day, filter)).sort(),
    );
  }
}

/** What the script says. @throws Error for what it cannot say */
function reservedBy(said: unknown, wants: readonly Want[]): Reserved {
  const [why, at, used, now] = Array.isArray(said) ? said : [];
  if (why === 'granted') return { isGranted: true };
  const want = wants[Number(at)];
  if (want === undefined || (why !== 'used-up' && why !== 'too-much' && why !== 'busy'))
    throw new TypeError('no answer of this script');
  return {
    isGranted: false,
    at: Number(at),
    why,
    used: numberIn(used),
    resetsIn: resetsIn(want.limit.per, numberIn(now)),
  };
}

function numberIn(value: unknown): number {
  const number = Number(value);
  if (Number.isFinite(number)) return number;
  throw new TypeError('no number');
}

const counterOf = ({ unit, per }: Pick<Limit, 'unit' | 'per'>): [string, string] => [`${unit} ${per}`, per];
