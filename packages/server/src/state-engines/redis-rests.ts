// What gateways of one Redis leave alone: a sorted set of who said it and what, by when it is over on Redis's own clock.
import type { Redis } from 'ioredis';
import { listIn } from '../json/list-in.ts';
import type { Rests } from '../state/state.ts';
import { type AskedRedis, askRedis } from './ask-redis.ts';

/** More is not read: there are as many as providers that fail, times gateways. */
const MOST = 1000;
/** A set that nobody adds to is forgotten after this time, in ms; no rest is longer. */
const KEPT = 600_000;

/** Members are JSON: `[name, by]`. */
export class RedisRests implements Rests {
  readonly #asked: AskedRedis;
  readonly #redis: Redis;
  readonly #set: string;

  constructor(asked: AskedRedis, redis: Redis, prefix: string) {
    this.#asked = asked;
    this.#redis = redis;
    this.#set = `${prefix}rests`;
  }

  async say(by: string, name: string, ms: number): Promise<void> {
    const now = await this.#now();
    const changes = this.#redis
      .multi()
      .zremrangebyscore(this.#set, '-inf', now)
      .zadd(this.#set, now + Math.ceil(ms), JSON.stringify([name, by]))
      .pexpire(this.#set, KEPT);
    await askRedis(this.#asked, changes.exec());
  }

  async end(name: string): Promise<void> {
    const members = (await this.#left()).filter(({ said }) => said === name).map(({ member }) => member);
    if (members.length > 0) await askRedis(this.#asked, this.#redis.zrem(this.#set, ...members));
  }

  async saidByOthers(by: string): Promise<ReadonlyMap<string, number>> {
    const longest = new Map<string, number>();
    for (const { said, saidBy, ms } of await this.#left())
      if (saidBy !== by) longest.set(said, Math.max(ms, longest.get(said) ?? 0));
    return longest;
  }

  async #left() {
    const now = await this.#now();
    const found = await askRedis(
      this.#asked,
      this.#redis.zrangebyscore(this.#set, `(${now}`, '+inf', 'WITHSCORES', 'LIMIT', 0, MOST),
    );
    return found.flatMap((member, at) => {
      if (at % 2 === 1) return [];
      const [said, saidBy] = listIn(member);
      if (typeof said !== 'string') return [];
      return [{ member, said, saidBy, ms: Math.min(KEPT, Number(found[at + 1]) - now) }];
    });
  }

  /** In ms since 1970, on the one clock that all have. */
  async #now(): Promise<number> {
    const [seconds = 0, micros = 0] = (await askRedis(this.#asked, this.#redis.time())).map(Number);
    return seconds * 1000 + Math.floor(micros / 1000);
  }
}
