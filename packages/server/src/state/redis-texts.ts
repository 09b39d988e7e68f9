// Texts in Redis, which forgets each when its time is over.
import type { Redis } from 'ioredis';
import { askRedis } from './ask-redis.ts';
import type { Texts } from './state.ts';

/** Each is a key of Redis. */
export class RedisTexts implements Texts {
  readonly #name: string;
  readonly #redis: Redis;
  readonly #prefix: string;

  /** @param name of the state */
  constructor(name: string, redis: Redis, prefix: string) {
    this.#name = name;
    this.#redis = redis;
    this.#prefix = prefix;
  }

  async read(name: string): Promise<string | undefined> {
    return (await askRedis(this.#name, this.#redis.get(this.#place(name)))) ?? undefined;
  }

  async write(name: string, text: string, ms: number): Promise<void> {
    await askRedis(this.#name, this.#redis.set(this.#place(name), text, 'PX', ms));
  }

  async remove(name: string): Promise<void> {
    await askRedis(this.#name, this.#redis.del(this.#place(name)));
  }

  #place(name: string): string {
    return `${this.#prefix}text:${name}`;
  }
}
