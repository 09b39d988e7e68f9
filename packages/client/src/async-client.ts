// The asynchronous face: chunks by `for await`, whole answers by promise.

import { completionCreator } from './chat/create-completion.ts';
import type { Engine } from './engine/engine.ts';
import { withCallerStack } from './errors/caller-stack.ts';
import { Closing } from './errors/client-closing.ts';
import { copyOptions } from './options/check-names.ts';
import { settle } from './options/settings.ts';
import type { BackendHealth, ClientOptions, Surface } from './surface/surface.ts';

/**
 * Talks to language models over many services through one OpenAI-shaped surface.
 *
 * `create({ …, stream: true })` returns the chunks themselves, to be read with `for await`; awaiting it first throws what is
 * known without asking a service: wrong options and parameters, no such model, no key. Without `stream` it returns a promise of the whole answer. Every failure is a `G4FError`.
 *
 * @throws G4FError `invalid-request` when an option is not what it must be.
 */
export class AsyncClient implements Surface<'async'> {
  readonly chat: Surface<'async'>['chat'];
  readonly models: Surface<'async'>['models'];
  readonly #calls: LaterCalls;
  readonly #closing = new Closing();

  constructor(options: ClientOptions = {}) {
    const own = copyOptions(options);
    settle(own);
    const calls = later(own, this.#closing);
    this.chat = { completions: { create: completionCreator(calls, own.signal, this.#closing) } };
    this.models = { list: lister(calls) };
    this.#calls = calls;
  }

  async health(): Promise<readonly BackendHealth[]> {
    this.#closing.check();
    return (await this.#calls()).health();
  }

  /** Aborts the calls of this client that still run, and refuses further ones. */
  close(): void {
    this.#closing.close();
  }

  /** As {@link close}, for `await using client = new AsyncClient()`. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.close();
  }
}

/** The calls of a client, loaded with the first of them: who only imports or makes a client does not pay for HTTP. */
type LaterCalls = () => Promise<Engine>;

const later = (options: ClientOptions, closing: Closing): LaterCalls => {
  let calls: Promise<Engine> | undefined;
  return () => {
    calls ??= import('./engine/engine.ts').then(({ createEngine: createCalls }) =>
      createCalls(options, undefined, closing),
    );
    return calls;
  };
};

function lister(calls: LaterCalls): Surface<'async'>['models']['list'] {
  return async function list(params, options) {
    try {
      const { listModels } = await calls();
      return await listModels(params, options);
    } catch (error) {
      throw withCallerStack(error, list);
    }
  };
}
