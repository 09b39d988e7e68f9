// The synchronous client: the same surface as AsyncClient, each call blocking the thread until its answer is there.

import { blockingAudio } from './blocking/audio.ts';
import { completionCreator, completionStreamer } from './blocking/create-completion.ts';
import { streamedOrWhole } from './blocking/create-parts.ts';
import { responsesOf } from './blocking/create-response.ts';
import { readValue, wholeCreator } from './blocking/create-whole.ts';
import { blockingModels } from './blocking/list-models.ts';
import { measureOver } from './blocking/measure.ts';
import { NO_PARAMS } from './blocking/no-params.ts';
import { blockingStored } from './blocking/stored-responses.ts';
import { plainMethods } from './methods/plain-methods.ts';
import { settledOptions } from './options/settings.ts';
import { reading } from './options/unreadable.ts';
import { syncConversations } from './programs/sync-conversation.ts';
import { syncPrograms, syncResponseParser } from './programs/sync-programs.ts';
import type { ClientOptions } from './surface/options.ts';
import type { BackendHealth, ClientUsage } from './surface/reports.ts';
import type { Surface } from './surface/surface.ts';
import { toCallData } from './sync/call-data.ts';
import { Connection } from './sync/connection.ts';
import { sharedThread } from './sync/shared-thread.ts';
import { findWorkerFile } from './sync/worker-file.ts';

/**
 * A client that needs no `await`: `for (const chunk of client.chat.completions.create({ …, stream: true }))` yields each
 * chunk when it arrives. Calls are carried out by one worker thread, started by the first call, shared by all
 * Clients of the thread, never keeping the process alive.
 *
 * While a call waits, the thread is blocked: timers stand still, an AbortSignal cannot fire (one that has fired is
 * honoured before the next chunk; use `timeout` to bound a call), a server in the same thread cannot answer, and a
 * handler of SIGINT runs only after the loop (without one, Ctrl-C ends the program at once). In a worker thread,
 * `process.stdout.write` shows nothing while it is blocked; `fs.writeSync(1, …)` does.
 *
 * Only plain data crosses to the worker: name a provider by its id or by the URL of a module that exports it.
 * Under Node's permission model, `--allow-worker` is needed.
 *
 * @throws G4FError from every call; `invalid-request` from the constructor when an option is not what it must be.
 */
export class Client implements Surface<'sync'> {
  readonly chat: Surface<'sync'>['chat'];
  readonly embeddings: Surface<'sync'>['embeddings'];
  readonly moderations: Surface<'sync'>['moderations'];
  readonly responses: Surface<'sync'>['responses'];
  readonly completions: Surface<'sync'>['completions'];
  readonly images: Surface<'sync'>['images'];
  readonly audio: Surface<'sync'>['audio'];
  readonly models: Surface<'sync'>['models'];
  readonly conversation: Surface<'sync'>['conversation'];
  readonly #connection: Connection;

  constructor(options: ClientOptions = {}) {
    const own = settledOptions(options);
    const { workerURL } = own;
    const data = reading(own, () => toCallData(own, ['signal', 'workerURL']));
    const connection = new Connection(() => sharedThread(findWorkerFile(workerURL)), data);
    this.#connection = connection;
    const create = completionCreator(connection, own);
    const stream = completionStreamer(connection, own);
    this.chat = { completions: { create, stream, ...syncPrograms(create, own.signal) } };
    this.conversation = syncConversations({
      create,
      clientSignal: own.signal,
      measure: measureOver(connection),
    });
    const plain = plainMethods<'sync'>(
      (name) => wholeCreator(connection, own, name),
      (name) => streamedOrWhole(connection, own, name),
    );
    this.embeddings = plain.embeddings;
    this.moderations = plain.moderations;
    this.completions = plain.completions;
    this.images = plain.images;
    const responses = responsesOf(connection, own);
    this.responses = {
      ...responses,
      ...blockingStored(connection, own),
      parse: syncResponseParser(responses.create, own.signal),
    };
    this.audio = blockingAudio(connection, own);
    this.models = blockingModels(connection, own);
  }

  health(): readonly BackendHealth[] {
    return this.#report('health', this.health) as readonly BackendHealth[];
  }

  usage(): ClientUsage {
    return this.#report('usage', this.usage) as ClientUsage;
  }

  /** Aborts the calls of this client that still run. With the last open Client the worker thread ends. */
  close(): void {
    this.#connection.close();
  }

  /** As {@link close}, for `using client = new Client()`. */
  [Symbol.dispose](): void {
    this.close();
  }

  #report(method: 'health' | 'usage', caller: () => unknown): unknown {
    const request = { ...NO_PARAMS, method, options: undefined, total: Number.POSITIVE_INFINITY };
    return readValue(this.#connection, request, caller).packed.json;
  }
}
