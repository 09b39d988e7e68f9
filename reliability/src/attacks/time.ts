// Attacks on time: texts and counts that make work grow faster than they do.
import { AsyncClient, isG4FError } from '@g4f/client';
import type { Attack } from './attack.ts';
import { checkTime } from './bounded-time.ts';

const PROMISE = 'Nothing that a service, a user or a file says blocks the event loop for 50 ms.';

/** Above 60,000 characters, so that a quadratic step takes seconds. */
const LONG = 60_000;

export const TIME_ATTACKS: readonly Attack[] = [
  {
    name: 'a model name of 60,000 characters',
    promise: PROMISE,
    async run(random) {
      const model = String.fromCharCode(97 + Math.floor(random() * 26)).repeat(LONG);
      const client = new AsyncClient({ env: {} });
      await checkTime(this.name, async () => {
        const error: unknown = await client.chat.completions
          .create({ model, messages: 'x' })
          .catch((failure: unknown) => failure);
        if (!isG4FError(error)) throw new Error(`the model answered, or failed with ${String(error)}`);
        if (error.message.length > 2000)
          throw new Error(`the message has ${error.message.length} characters`);
      });
    },
  },
];
