// Texts in Redis, which forgets each when its time is over.
import { LIMITS } from '@g4f/core';
import type { Redis } from 'ioredis';
import type { Texts } from '../state/state.ts';
import { type AskedRedis, askRedis } from './ask-redis.ts';

/** In bytes; a character has at most three. */
const LONGEST = 3 * LIMITS.storedCharacters;

/** Each is a key of Redis. */
export class RedisTexts implements Texts {
  readonly #asked: AskedRedis;
  readonly #redis: Redis;
  readonly #prefix: string;

  constructor(asked: AskedRedis, redis: Redis, prefix: string) {
    this.#asked = asked;
    this.#redis = redis;
    this.#prefix = prefix;
  }

  async read(name: string): Promise<string | undefined> {
    // No more than could have been written; no text is empty.
    const text: unknown = await askRedis(this.#asked, this.#redis.getrange(this.#place(name), 0, LONGEST));
    return typeof text === 'string' && text !== '' && text.length <= LIMITS.storedCharacters
      ? text
      : undefined;
  }

  async write(name: string, text: string, ms: number): Promise<void> {
    await askRedis(this.#asked, this.#redis.set(this.#place(name), text, 'PX', ms));
  }

  async remove(name: string): Promise<void> {
    await askRedis(this.#asked, this.#redis.del(this.#place(name)));
  }

  #place(name: string): string {
    return `${this.#prefix}text:${name}`;
  }
}
