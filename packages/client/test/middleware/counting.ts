// A provider that counts its answers, and clients that keep them.
import type { Batch, ChatRequest, Provider } from '@g4f/core';
import { AsyncClient } from '../../src/async-client.ts';
import { withCache } from '../../src/middleware/with-cache.ts';
import type { ChatParams, WholeParams } from '../../src/surface/chat.ts';
import type { StoredCacheOptions } from '../../src/surface/middleware.ts';
import type { CallOptions } from '../../src/surface/options.ts';
import { fakeProvider, start, stop, text } from '../fake-provider.ts';

export const usage = { prompt_tokens: 3, completion_tokens: 4, total_tokens: 7 };

/** Counts its answers, and says which it is. @param batches said before the end */
export const counting = (facts: Partial<Provider> = {}, ...batches: Batch[]) => {
  const asked: ChatRequest[] = [];
  const provider = fakeProvider(
    'counting',
    async function* (request) {
      asked.push(request);
      yield [start(request.model), text(`answer ${asked.length}`)];
      yield* batches;
      yield [{ type: 'usage', usage }, stop];
    },
    facts,
  );
  return { asked, provider };
};

export const cached = (provider: Provider | readonly Provider[], options: StoredCacheOptions = {}) =>
  new AsyncClient({ env: {}, provider, maxRetries: 0, use: [withCache(options)] });
export const ask = (client: AsyncClient, params: Partial<WholeParams> = {}, options?: CallOptions) =>
  client.chat.completions.create({ model: 'family', messages: 'x', ...params }, options);
export const stream = (client: AsyncClient, params: Partial<ChatParams> = {}) =>
  client.chat.completions.create({ model: 'family', messages: 'x', ...params, stream: true });
