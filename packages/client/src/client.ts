// The synchronous client: the same surface as AsyncClient, each call blocking the thread until its answer is there.
import { type ChatCompletion, createProjector } from '@g4f/core';
import { isObserved } from '#platform/publish';
import { METHODS, type Method, type MethodName } from './methods/methods.ts';
import type { Packed } from './methods/packed.ts';
import { checkGiven, copyOptions } from './options/check-names.ts';
import { isFields } from './options/plain-value.ts';
import { settle } from './options/settings.ts';
import { checkListParams, NO_OPTIONS, partParams } from './options/split-params.ts';
import type { ChatParams, StreamingParams, SyncChunkStream, WholeParams } from './surface/chat.ts';
import type { BackendHealth } from './surface/health.ts';
import type { ModelList } from './surface/models.ts';
import type { CallOptions, ClientOptions, ParamOptions } from './surface/options.ts';
import type { SyncPartStream } from './surface/part-stream.ts';
import { type Received, readReceived, withReceived } from './surface/received.ts';
import type { Surface } from './surface/surface.ts';
import { plainParams, signalOf, toCallData, totalOf } from './sync/call-data.ts';
import { BlockingReader } from './sync/chunk-stream.ts';
import { type CallRequest, Connection } from './sync/connection.ts';
import { crossingFile } from './sync/crossing-file.ts';
import { EventDecoder, Kind } from './sync/event-codec.ts';
import { sharedThread } from './sync/shared-thread.ts';
import { reviveError } from './sync/worker-error.ts';
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
  readonly models: Surface<'sync'>['models'];
  readonly #connection: Connection;

  constructor(options: ClientOptions = {}) {
    const own = copyOptions(options);
    const { workerURL } = own;
    settle(own);
    const data = toCallData(own, ['signal', 'workerURL']);
    const connection = new Connection(() => sharedThread(findWorkerFile(workerURL)), data);
    this.#connection = connection;
    this.chat = { completions: { create: creator(connection, own) } };
    const whole = (name: MethodName) => wholeCreator(connection, own, name);
    this.embeddings = { create: whole('embeddings.create') as Surface<'sync'>['embeddings']['create'] };
    this.moderations = { create: whole('moderations.create') as Surface<'sync'>['moderations']['create'] };
    this.models = { list: lister(connection, own) };
  }

  health(): readonly BackendHealth[] {
    const request = {
      ...NO_PARAMS,
      method: 'health',
      options: undefined,
      total: Number.POSITIVE_INFINITY,
    } as const;
    return readValue(this.#connection, request, this.health).packed.json as readonly BackendHealth[];
  }

  /** Aborts the calls of this client that still run. With the last open Client the worker thread ends. */
  close(): void {
    this.#connection.close();
  }

  /** As {@link close}, for `using client = new Client()`. */
  [Symbol.dispose](): void {
    this.close();
  }
}

const NO_PARAMS = { stream: false, params: undefined, observed: false, signal: undefined } as const;

/** The call that these parameters ask for, checked as far as this thread can. */
function requestFor(
  method: MethodName,
  client: ClientOptions,
  params: CommonParams | null | undefined,
  options: CallOptions | undefined,
): CallRequest {
  // First, so that what is wrong for all clients is said as all say it; then what is wrong for this one.
  const inParams = isFields(params) ? partParams(params).options : NO_OPTIONS;
  const given = checkCall(client, inParams, options);
  return {
    method,
    stream: params?.stream === true,
    observed: isObserved(),
    params: crossingParams(params, METHODS[method]),
    options: toCallData(given),
    total: totalOf(options?.timeout ?? params?.timeout, client.timeout),
    signal: signalOf(options, params ?? undefined, client),
  };
}

/** The parameters as plain data, and the files among them in forms that cross. */
function crossingParams(
  params: CommonParams | null | undefined,
  { files = [] }: Pick<Method<unknown, object>, 'files'>,
) {
  if (files.length === 0 || !isFields(params)) return toCallData(plainParams(params));
  const names = Object.keys(params).filter((name) => files.includes(name));
  const others = Object.entries(params).filter(([name]) => !names.includes(name));
  const plain = toCallData(plainParams(Object.fromEntries(others)));
  return {
    ...Object(plain),
    ...Object.fromEntries(names.map((name) => [name, crossingFile(params[name], name)])),
  };
}

/** What of the parameters of any method is looked at here. */
interface CommonParams extends Pick<ParamOptions, 'timeout' | 'signal'> {
  readonly stream?: boolean | null;
}

/** A method that gives one whole answer, and blocks until it is there. */
function wholeCreator<Name extends MethodName>(connection: Connection, client: ClientOptions, name: Name) {
  return function create(params: object, options?: CallOptions): object {
    const request = { ...requestFor(name, client, params, options), stream: false };
    const { packed, received } = readValue(connection, request, create);
    return withReceived(METHODS[name].answer.unpack(packed), received);
  };
}

/** A method that gives the parts of one answer as they come, and blocks for each. */
export function partsCreator<Part>(
  connection: Connection,
  client: ClientOptions,
  name: MethodName,
  { part }: Pick<Method<Part, object>, 'part'>,
) {
  return function create(params: CommonParams, options?: CallOptions): SyncPartStream<Part> {
    const request = { ...requestFor(name, client, params, options), stream: true };
    return new BlockingReader<Part>(
      'SyncPartStream',
      () => connection.start(request),
      (_kind, call) => {
        const packed = { json: JSON.parse(call.text), bytes: call.takeBytes() };
        return part === undefined ? (packed.json as Part) : part.unpack(packed);
      },
    );
  };
}

function creator(
  connection: Connection,
  client: ClientOptions,
): Surface<'sync'>['chat']['completions']['create'] {
  const whole = wholeCreator(connection, client, 'chat.completions.create');
  function create(params: StreamingParams, options?: CallOptions): SyncChunkStream;
  function create(params: WholeParams, options?: CallOptions): ChatCompletion;
  function create(params: ChatParams, options?: CallOptions): SyncChunkStream | ChatCompletion;
  function create(params: ChatParams, options?: CallOptions): SyncChunkStream | ChatCompletion {
    if (params?.stream !== true) return whole(params, options) as ChatCompletion;
    const request = requestFor('chat.completions.create', client, params, options);
    const project = createProjector(params.stream_options?.include_usage === true);
    const decoder = new EventDecoder();
    return new BlockingReader(
      'SyncChunkStream',
      () => connection.start(request),
      (kind, { text }) => project(decoder.decode(kind, text)),
    );
  }
  return create;
}

function lister(connection: Connection, client: ClientOptions): Surface<'sync'>['models']['list'] {
  return function list(given, options) {
    const params = checkListParams(given);
    const request: CallRequest = {
      ...NO_PARAMS,
      method: 'models.list',
      params: toCallData(params),
      options: toCallData(checkCall(client, params, options)),
      total: totalOf(options?.timeout ?? params.timeout, client.timeout),
      signal: signalOf(options, params, client),
    };
    return readValue(connection, request, list).packed.json as ModelList;
  };
}

/** The options of a call, checked in this thread: only plain data crosses, in which a class instance would be lost unseen. */
function checkCall(
  client: ClientOptions,
  inParams: ParamOptions,
  options: CallOptions | undefined,
): CallOptions | undefined {
  const given = checkGiven(options);
  settle(client, inParams, given);
  return given;
}

/** Blocks until the one value of a call is there. @param below the function the user called, for the stack of an error. */
function readValue(
  connection: Connection,
  request: CallRequest,
  below: (...given: never[]) => unknown,
): { readonly packed: Packed; readonly received: Received | undefined } {
  const call = connection.start(request);
  if (call.read() === Kind.Error) throw reviveError(call.text, below);
  return {
    packed: { json: JSON.parse(call.text), bytes: call.takeBytes() },
    received: readReceived(call.received),
  };
}
