// The small client: one backend, which the program imports, and all that a stream owes its reader.
import type { Calls } from '../calls.ts';
import { completionCreator } from '../create-completion.ts';
import type { Surface } from '../surface.ts';
import { Trail } from '../trail.ts';
import { askOne } from './ask-one.ts';
import { type MiniOptions, settleMini } from './mini-settings.ts';

/**
 * `AsyncClient` without names: the backend is an object that the program imports, so that nothing else is bundled.
 *
 * Chunks, answers, errors, deadlines and retries are those of the client of `@g4f/client`. It knows no registry, no second
 * backend to move on to, no list of models; and of the parameters it checks only `model` and `messages`, where that client
 * checks all of OpenAI's: what else is wrong is told by the service.
 *
 * @throws G4FError `invalid-request` when an option is not what it must be.
 */
export class AsyncClient {
  readonly chat: Surface<'async'>['chat'];

  constructor(options: MiniOptions) {
    const own = { ...options };
    settleMini(own);
    const calls: Pick<Calls, 'chat'> = {
      chat: (params, call, left, trail = new Trail()) => askOne(own, params, call, left, trail),
    };
    this.chat = { completions: { create: completionCreator(async () => calls, own.signal) } };
  }
}
