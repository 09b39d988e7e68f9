// The asynchronous face: chunks by `for await`, whole answers by promise.

import { asyncAudio } from './audio/async-audio.ts';
import { completionCreator, sourceCreator } from './chat/create-completion.ts';
import { streamedOrWhole } from './engine/create-parts.ts';
import { responsesOf } from './engine/create-response.ts';
import { type LoadOperation, wholeCreator } from './engine/create-whole.ts';
import type { FullEngine } from './engine/full-engine.ts';
import { Closing } from './errors/client-closing.ts';
import { LOADERS, type LoadKind, type MethodName } from './methods/loaders.ts';
import { plainMethods } from './methods/plain-methods.ts';
import { asyncModels } from './models/async-models.ts';
import { usesMiddleware } from './options/middleware-options.ts';
import { settledOptions } from './options/settings.ts';
import { withMore } from './options/unreadable.ts';
import { asyncPrograms, asyncResponseParser } from './programs/async-programs.ts';
import { asyncStored } from './stored-responses/async-stored.ts';
import { ChatStream } from './streams/chat-stream.ts';
import type { ClientOptions } from './surface/options.ts';
import type { BackendHealth, ClientUsage } from './surface/reports.ts';
import type { Surface } from './surface/surface.ts';

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
  readonly embeddings: Surface<'async'>['embeddings'];
  readonly moderations: Surface<'async'>['moderations'];
  readonly responses: Surface<'async'>['responses'];
  readonly completions: Surface<'async'>['completions'];
  readonly images: Surface<'async'>['images'];
  readonly audio: Surface<'async'>['audio'];
  readonly models: Surface<'async'>['models'];
  readonly conversation: Surface<'async'>['conversation'];
  readonly #engine: LoadEngine;
  readonly #closing = new Closing();

  constructor(options: ClientOptions = {}) {
    const own = settledOptions(options);
    const load = engineLoader(own, this.#closing);
    const chat = operationLoader(load, LOADERS['chat.completions.create']);
    const terms = { clientSignal: own.signal, closing: this.#closing };
    const toSource = sourceCreator(chat, terms);
    const create: Surface<'async'>['chat']['completions']['create'] = completionCreator(chat, {
      ...terms,
      toStream: (source) => new ChatStream(source),
    });
    const responses = responsesOf(operationLoader(load, LOADERS['responses.create']), terms);
    const host = { create, respond: responses.create, ...terms };
    this.conversation = async (params, options) =>
      (await import('./programs/async-conversation.ts')).openConversation(host, params, options);
    this.responses = {
      ...responses,
      ...asyncStored(operationLoader(load, LOADERS['responses.stored'])),
      parse: asyncResponseParser(host),
    };
    this.chat = {
      completions: {
        create,
        stream: (params, options) =>
          ChatStream.keeping(toSource(withMore(params, { stream: true }), options)),
        ...asyncPrograms(host),
      },
    };
    const operation = (name: MethodName) => operationLoader<unknown, object>(load, LOADERS[name]);
    const plain = plainMethods<'async'>(
      (name) => wholeCreator(operation(name)),
      (name) => streamedOrWhole(operation(name), terms),
    );
    this.embeddings = plain.embeddings;
    this.moderations = plain.moderations;
    this.completions = plain.completions;
    this.images = plain.images;
    const audio = {
      speech: operationLoader(load, LOADERS['audio.speech.create']),
      transcription: operationLoader(load, LOADERS['audio.transcriptions.create']),
      translation: operationLoader(load, LOADERS['audio.translations.create']),
    };
    this.audio = asyncAudio(audio, terms);
    this.models = asyncModels(own, this.#closing);
    this.#engine = load;
  }

  async health(): Promise<readonly BackendHealth[]> {
    this.#closing.check();
    return (await this.#engine()).health();
  }

  async usage(): Promise<ClientUsage> {
    this.#closing.check();
    return (await this.#engine()).usage();
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

/** The engine of a client, loaded with its first call: importing or making a client does not load HTTP. */
type LoadEngine = () => Promise<FullEngine>;

const engineLoader = (options: ClientOptions, closing: Closing): LoadEngine => {
  let engine: Promise<FullEngine> | undefined;
  return () => {
    engine ??= loadEngine(options, closing);
    return engine;
  };
};

async function loadEngine(options: ClientOptions, closing: Closing): Promise<FullEngine> {
  const { createFullEngine } = await import('./methods/full-client.ts');
  const create = (own: ClientOptions): FullEngine => createFullEngine(own, undefined, closing);
  if (!usesMiddleware(options)) return create(options);
  const { withMiddleware } = await import('./middleware/middleware-engine.ts');
  return withMiddleware(create, options, closing);
}

/** The engine and one of its operations, by one promise for all calls. */
const operationLoader = <Part, Answer extends object>(
  load: LoadEngine,
  loadKind: LoadKind<Part, Answer>,
): LoadOperation<Part, Answer> => {
  let loaded: ReturnType<LoadOperation<Part, Answer>> | undefined;
  return () => {
    loaded ??= Promise.all([load(), loadKind()]).then(([engine, kind]) => ({ engine, kind }));
    return loaded;
  };
};
