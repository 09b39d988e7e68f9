// Two services on this machine, and a provider that asks them in their order.
import { afterAll, beforeAll, beforeEach, vi } from 'vitest';
import {
  type Answer,
  chatting,
  chunks,
  json,
  type Service,
  startService,
} from '../../openai/test/service.ts';
import { createG4F } from '../src/index.ts';

/** The two services of one file of tests. */
export class TwoServices {
  #services: readonly Service[] = [];

  /** Starts them before the tests of the file, and closes them afterwards. They say hello unless a test says otherwise. */
  constructor() {
    beforeAll(async () => {
      this.#services = await Promise.all([startService(), startService()]);
    });
    beforeEach(() => {
      vi.stubGlobal('AI_SDK_LOG_WARNINGS', false);
      for (const service of this.#services) {
        service.asked.length = 0;
        service.answer = chatting('Hello', ', ', 'world');
      }
    });
    afterAll(() => Promise.all(this.#services.map((service) => service.close())));
  }

  get first(): Service {
    return this.#at(0);
  }

  get second(): Service {
    return this.#at(1);
  }

  /** A provider over both, or over the one that is named. */
  provider(provider: string | readonly string[] = ['one', 'two']) {
    return createG4F({
      backends: [
        { id: 'one', baseURL: this.first.url },
        { id: 'two', baseURL: this.second.url },
      ],
      provider,
      maxRetries: 0,
      env: {},
    });
  }

  /** A language model over both. */
  model() {
    return this.provider()('model-1');
  }

  #at(place: number): Service {
    const service = this.#services[place];
    if (service === undefined) throw new Error('the services have not been started');
    return service;
  }
}

/** A service that is down. */
export const failing: Answer = (response) => json(response, { error: { message: 'Down.' } }, 500);

/** All that comes. */
export const all = async <T>(items: AsyncIterable<T>): Promise<T[]> => {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
};

/** The beginning of a stream that says it. */
export const begun = (...deltas: readonly object[]): string =>
  `${chunks(deltas)
    .split('\n\n')
    .slice(0, deltas.length + 1)
    .join('\n\n')}\n\n`;

/** What the promise rejects with. */
export const failureOf = async (promise: PromiseLike<unknown>): Promise<unknown> => {
  try {
    return { no: await promise };
  } catch (error) {
    return error;
  }
};
