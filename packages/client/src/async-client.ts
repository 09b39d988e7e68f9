// The asynchronous face: chunks by `for await`, whole answers by promise.
import { tellCaller } from './call-site.ts';
import type { Calls } from './calls.ts';
import { copyOptions } from './check-names.ts';
import { completionCreator } from './create-completion.ts';
import { settle } from './settings.ts';
import type { BackendHealth, ClientOptions, Surface } from './surface.ts';

/**
 * Talks to language models over many services through one OpenAI-shaped surface.
 *
 * `create({ …, stream: true })` returns the chunks themselves, to be read with `for await`; awaiting it first is
 * harmless. Without `stream` it returns a promise of the whole answer. Every failure is a `G4FError`.
 *
 * @throws G4FError `invalid-request` when an option is not what it must be.
 */
export class AsyncClient implements Surface<'async'> {
  readonly chat: Surface<'async'>['chat'];
  readonly models: Surface<'async'>['models'];
  readonly #calls: LaterCalls;

  constructor(options: ClientOptions = {}) {
    const own = copyOptions(options);
    settle(own);
    const calls = later(own);
    this.chat = { completions: { create: completionCreator(calls, own.signal) } };
    this.models = { list: lister(calls) };
    this.#calls = calls;
  }

  async health(): Promise<readonly BackendHealth[]> {
    return (await this.#calls()).health();
  }
}

/** The calls of a client, loaded with the first of them: who only imports or makes a client does not pay for HTTP. */
type LaterCalls = () => Promise<Calls>;

const later = (options: ClientOptions): LaterCalls => {
  let calls: Promise<Calls> | undefined;
  return () => {
    calls ??= import('./calls.ts').then(({ createCalls }) => createCalls(options));
    return calls;
  };
};

function lister(calls: LaterCalls): Surface<'async'>['models']['list'] {
  return async function list(options) {
    try {
      const { listModels } = await calls();
      return await listModels(options);
    } catch (error) {
      throw tellCaller(error, list);
    }
  };
}
