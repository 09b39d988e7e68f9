// How much a Redis may say: one that floods is left, and asked anew over another connection.
import { GATEWAY_LIMITS } from '@g4f/core';
import type { Redis } from 'ioredis';
import type { AskedRedis } from './ask-redis.ts';

/** Closes each connection over which too much comes that answers no command. */
export const watchReplies = (redis: Redis, asked: AskedRedis): void => {
  redis.on('connect', () => {
    const { stream } = redis;
    let { answered } = asked;
    let bytes = 0;
    stream.on('data', (piece: Uint8Array) => {
      if (answered !== asked.answered) bytes = 0;
      answered = asked.answered;
      bytes += piece.length;
      if (bytes > GATEWAY_LIMITS.redisReplyBytes) stream.destroy();
    });
  });
};
