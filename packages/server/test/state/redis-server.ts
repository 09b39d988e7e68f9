// A real redis-server of a test's own.
import { onTestFinished } from 'vitest';
import { hasRedis, type RedisProcess, runRedis } from './redis-process.ts';

export { hasRedis };

/** For the name of what is skipped. */
export const withoutRedis = hasRedis ? '' : ' (skipped: no redis-server here; apt-get install redis-server)';

/** A server that ends with the test. */
export const startRedis = async (): Promise<RedisProcess> => {
  const redis = await runRedis();
  onTestFinished(redis.remove);
  return redis;
};
