// The admin API as a function: who may use it, and what of it is loaded with its first request.
import type { Answer } from '../answer/answer.ts';
import type { CallerRequest } from '../answer/caller-request.ts';
import type { NodeBindings } from '../exchange/exchange.ts';
import { refuse } from '../failure/refusal.ts';
import { bearerIn, keyCheck } from '../guard/keys.ts';
import { stateDown } from '../keys/refusals.ts';
import type { HandlerSettings } from '../options/options.ts';
import { StateError } from '../state/state-error.ts';

/** Answers a request below `/admin/`. @throws Refusal */
export type Administer = (request: CallerRequest, node: NodeBindings | undefined) => Promise<Answer>;

/** Whether a path is the admin API's. */
export const isAdminPath = (path: string): boolean => path.startsWith('/admin/');

/** Of this gateway. Without an admin key there is no such API, and it looks as if nothing were there. */
export const administration = ({ adminKey, gate, limits, nameable }: HandlerSettings): Administer => {
  const isAdmin = adminKey === undefined ? undefined : keyCheck([adminKey], bearerIn);
  return async (request, node) => {
    const { pathname } = new URL(request.url);
    if (isAdmin === undefined || gate === undefined)
      throw refuse(404, 'not-found', `There is nothing at ${pathname.slice(0, 200)}.`);
    if (!(await isAdmin(request)))
      throw refuse(
        401,
        'invalid-key',
        'The admin key is missing or wrong: send it as Authorization: Bearer.',
      );
    const { answerAdmin } = await import('./admin-routes.ts');
    try {
      const { state } = await gate.open();
      return await answerAdmin({ request, node, limits, nameable }, state);
    } catch (error) {
      if (error instanceof StateError) {
        // The caller cannot mend it; the operator can.
        console.error(`@g4f/server: ${error.message}`);
        throw stateDown();
      }
      throw error;
    }
  };
};
