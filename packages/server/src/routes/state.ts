// Whether the gateway lives, and whether it takes calls: for load balancers, without a key.

import type { CallOptions, ListParams, Model } from '@g4f/client';
import { isG4FError } from '@g4f/core';
import type { Answer } from '../answer/answer.ts';
import { jsonAnswer } from '../exchange/answers.ts';
import type { Exchange } from '../exchange/exchange.ts';
import { refuse } from '../failure/refusal.ts';
import { stateDown } from '../keys/refusals.ts';
import { answerMetrics } from './metrics.ts';
import type { Route } from './route.ts';

/** Its engine is loaded by asking, and a client that was closed refuses. */
async function answerReady(exchange: Exchange): Promise<Answer> {
  try {
    await exchange.client.health();
  } catch {
    throw refuse(503, 'shutting-down', 'The gateway takes no calls.');
  }
  await exchange.checkState?.().catch(() => {
    throw stateDown();
  });
  if (await canAsk(exchange)) return jsonAnswer({ status: 'ready' });
  throw refuse(503, 'no-provider', 'No provider can be asked: the gateway has no key for any of them.');
}

/** Whether there is a provider with a key, or one that needs none. Of those that the options name, one is enough. */
async function canAsk({ client, chosen }: Exchange): Promise<boolean> {
  if (chosen.length > 0) {
    const able = await Promise.all(chosen.map((provider) => isUsable(client, {}, { provider })));
    return able.includes(true);
  }
  // Servers on this machine are known only by asking them.
  return (await isUsable(client, {}, {})) || isUsable(client, { live: true }, {});
}

/** One that fails when it is asked may answer the next call: its key is not missing. */
async function isUsable(
  client: Exchange['client'],
  params: ListParams,
  options: Pick<CallOptions, 'provider'>,
): Promise<boolean> {
  try {
    const { data } = await client.models.list({ ...params, usable: true }, { ...options, timeout: PATIENCE });
    return options.provider !== undefined || data.some(isOffered);
  } catch (error) {
    return !(isG4FError(error) && error.code === 'no-provider');
  }
}

/** The models on this machine are listed with or without what runs them, and answer where an operator names them. */
const isOffered = ({ providers }: Model): boolean => providers.some((id) => id !== 'local');

/** In ms. */
const PATIENCE = { connect: 1_000, headers: 1_000 };

/** Its life, whether it takes calls, and its counts. */
export const STATE_ROUTES: readonly Route[] = [
  {
    method: 'GET',
    path: '/health',
    isOpen: true,
    answer: () => jsonAnswer({ status: 'ok' }),
  },
  { method: 'GET', path: '/ready', isOpen: true, answer: answerReady },
  { method: 'GET', path: '/metrics', answer: answerMetrics },
];
