// How much a Redis may say, and for how long: one that floods is left, and asked anew over another connection.
import { GATEWAY_LIMITS } from '@g4f/core';
import type { Redis } from 'ioredis';
import type { AskedRedis } from './ask-redis.ts';

/** Closes each connection over which too much comes that answers no command. @param patience for how long that may come, in ms */
export const watchReplies = (redis: Redis, asked: AskedRedis, patience: number): void => {
  redis.on('connect', () => {
    const { stream } = redis;
    asked.silentSince = undefined;
    let bytes = 0;
    let since: number | undefined;
    stream.on('data', (piece: Uint8Array) => {
      if (since !== asked.silentSince) bytes = 0;
      since = asked.silentSince;
      bytes += piece.length;
      const isLate = since !== undefined && performance.now() - since > patience;
      if (isLate || bytes > GATEWAY_LIMITS.redisReplyBytes) stream.destroy();
    });
  });
};
