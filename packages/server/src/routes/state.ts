// Whether the gateway lives, and whether it takes calls: for load balancers, without a key.
import { jsonAnswer } from '../exchange/answers.ts';
import type { Exchange } from '../exchange/exchange.ts';
import { refuse } from '../failure/refusal.ts';
import type { Route } from './route.ts';

/** Its engine is loaded by asking, and a client that was closed refuses. */
async function answerReady({ client }: Exchange): Promise<Response> {
  try {
    await client.health();
  } catch {
    throw refuse(503, 'shutting-down', 'The gateway takes no calls.');
  }
  return jsonAnswer({ status: 'ready' });
}

/** `GET /health` and `GET /ready` */
export const STATE_ROUTES: readonly Route[] = [
  {
    method: 'GET',
    path: '/health',

    isOpen: true,
    answer: () => jsonAnswer({ status: 'ok' }),
  },
  { method: 'GET', path: '/ready', isOpen: true, answer: answerReady },
];
