// Who is let in: by the keys of the options, by a virtual key, or, where there are neither, everybody.
import type { Answer } from '../answer/answer.ts';
import type { CallerRequest } from '../answer/caller-request.ts';
import { failureOf } from '../failure/failure.ts';
import { wrongKey } from '../failure/refusal.ts';
import { keyCheck, keyIn } from '../guard/keys.ts';
import type { Caller } from '../keys/caller.ts';
import { stateDown } from '../keys/refusals.ts';
import type { HandlerSettings } from '../options/options.ts';

/** A request at the door. */
interface Knock {
  readonly request: CallerRequest;
  readonly requestId: string;
  /** Whether it needs no key. */
  readonly isOpen: boolean;
}

/** Answers a request that may come in. @throws Refusal 401, 403, 429, 503, and what the answer throws */
export type Admit = (
  knock: Knock,
  answer: (caller: Caller | undefined) => Promise<Answer>,
) => Promise<Answer>;

/** Of this gateway. */
export const admission = ({ keys, gate }: Pick<HandlerSettings, 'keys' | 'gate'>): Admit => {
  const isKnown = keys.length === 0 ? undefined : keyCheck(keys);
  let told: string | undefined;
  /** The operator hears of it, once. */
  const tell = (error: unknown): never => {
    const why = error instanceof Error ? error.message : String(error);
    if (why !== told) console.error(`@g4f/server: cannot open the state: ${why}`);
    told = why;
    throw stateDown();
  };
  const byKey: Admit = async ({ request, requestId }, answer) => {
    if (isKnown !== undefined && (await isKnown(request))) return answer(undefined);
    if (gate === undefined) throw wrongKey();
    const opened = await gate.open().catch(tell);
    const caller = await opened.identify(keyIn(request), requestId);
    let status = 500;
    try {
      const response = await opened.within(caller, () => answer(caller));
      ({ status } = response);
      return response;
    } catch (thrown) {
      const { refusal } = caller;
      const told = refusal ?? thrown;
      ({ status } = failureOf(told));
      throw told;
    } finally {
      // Only what asks for something is worth a row; of an answered call there is one.
      if (caller.rows === 0 && request.method === 'POST') await opened.record(caller, status);
    }
  };
  const isOpenToAll = isKnown === undefined && gate === undefined;
  return (knock, answer) => (knock.isOpen || isOpenToAll ? answer(undefined) : byKey(knock, answer));
};
