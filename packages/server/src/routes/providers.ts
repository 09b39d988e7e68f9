// `GET /v1/providers`: who can be asked at this gateway, and how each does. Not OpenAI's: there is one provider there.

import type { BackendHealth, Model } from '@g4f/client';
import type { Answer } from '../answer/answer.ts';
import { jsonAnswer } from '../exchange/answers.ts';
import type { Exchange } from '../exchange/exchange.ts';
import { leavingOf } from '../exchange/leaving.ts';
import { refuse } from '../failure/refusal.ts';

/** The providers that have a key or need none, and those that have been asked. */
export const answerProviders = async (exchange: Exchange): Promise<Answer> => {
  const { caller, client, targets } = exchange;
  if (caller !== undefined)
    throw refuse(
      403,
      'forbidden',
      'A virtual key is not told of the providers: GET /v1/models lists its models.',
    );
  const signal = leavingOf(exchange);
  const [{ data: models }, health] = await Promise.all([
    client.models.list({ usable: true }, { signal }),
    client.health(),
  ]);
  const ids = new Set([
    ...models.flatMap(({ providers }) => providers),
    ...health.map(({ provider }) => provider),
    ...[...targets.values()].flatMap((list) => list.map(({ provider }) => provider)),
  ]);
  return jsonAnswer({ object: 'list', data: [...ids].sort().map((id) => providerOf(id, models, health)) });
};

const providerOf = (id: string, models: readonly Model[], health: readonly BackendHealth[]): object => ({
  id,
  object: 'provider',
  models: models.filter(({ providers }) => providers.includes(id)).map((model) => model.id),
  health: health.filter(({ provider }) => provider === id).map(shown),
});

/** Addresses are the operator's, and the words of a failure may quote anything. */
const shown = ({
  baseURL: _,
  provider: _provider,
  lastError,
  operation = 'chat',
  ...others
}: BackendHealth): object => ({
  operation,
  ...others,
  ...(lastError !== undefined && { lastError: { at: lastError.at, code: lastError.code } }),
});
