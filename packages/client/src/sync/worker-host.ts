// The worker's side of the bridge: carries out the calls that are posted to it and writes each answer into its ring.
import type { MessagePort } from 'node:worker_threads';
import { type Batch, G4FError, toG4FError } from '@g4f/core';
import type { Publish } from '#platform/publish';
import { CallLog } from '../attempt/call-log.ts';
import type { CallTerms, Engine } from '../engine/engine.ts';
import type { FullEngine } from '../engine/full-engine.ts';
import { closedError } from '../errors/client-closing.ts';
import type { MethodName } from '../methods/loaders.ts';
import { METHODS, type Method } from '../methods/methods.ts';
import type { Packed } from '../methods/packed.ts';
import type { ListParams, Model, ModelList } from '../surface/models.ts';
import type { CallOptions, ClientOptions } from '../surface/options.ts';
import type { TokenRequest } from '../tokens/token-report.ts';
import { reviveOptions } from './call-data.ts';
import { EventEncoder, Kind } from './event-codec.ts';
import type { CallMessage, Message, ObservedEvent, UpMessage } from './messages.ts';
import { RingWriter } from './ring-writer.ts';
import type { WorkerStatus } from './worker-status.ts';

/** How often callers see that the worker's event loop turns, in ms. */
const BEAT_MS = 200;

interface RunningCall {
  readonly writer: RingWriter;
  readonly leaving: AbortController;
}

/** The way between the worker and the thread that started it. */
export interface Way {
  readonly port: Pick<MessagePort, 'on'>;
  postUp(message: UpMessage): void;
}

/** A client of the calling thread, as the worker carries out its calls. */
export interface WorkerClient {
  readonly engine: FullEngine;
  listModels(params: ListParams | undefined, terms: Omit<CallTerms, 'log'>): Promise<ModelList>;
  retrieveModel(model: string, terms: Omit<CallTerms, 'log'>): Promise<Model>;
}

/** Serves calls until the thread ends. `createClient` is called once for each client. */
export const serve = (
  createClient: (options: ClientOptions) => WorkerClient,
  { port, postUp }: Way,
  board: WorkerStatus,
): void => {
  const clients = new Map<number, () => WorkerClient>();
  const running = new Map<number, RunningCall>();
  let beating: NodeJS.Timeout | undefined;

  const answer = async (message: CallMessage): Promise<void> => {
    const call = { writer: new RingWriter(message.ring), leaving: new AbortController() };
    running.set(message.call, call);
    beating ??= setInterval(() => board.beat(), BEAT_MS).unref();
    try {
      const client = clients.get(message.client);
      if (client === undefined) throw closedError('Client');
      await carryOut(client(), message, call, postUp);
    } catch (error) {
      await call.writer.write(Kind.Error, describe(error));
    }
    running.delete(message.call);
    if (running.size > 0) return;
    clearInterval(beating);
    beating = undefined;
  };

  port.on('message', (message: Message) => {
    board.beat();
    switch (message.type) {
      case 'open':
        clients.set(
          message.client,
          once(() => createClient(message.options as ClientOptions)),
        );
        break;
      case 'call':
        void answer(message);
        break;
      case 'abort': {
        const call = running.get(message.call);
        call?.leaving.abort();
        call?.writer.close();
        break;
      }
      case 'close':
        clients.delete(message.client);
        break;
    }
  });

  // A caller that sleeps would learn of the death only at the end of its slice.
  process.on('exit', () => {
    for (const { writer } of running.values()) writer.wakeReader();
  });
};

/** What making a client throws must reach the call that needed it, not end the worker. */
function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

/** @param tellLate is given the events of a call whose reader had left before they came. */
async function carryOut(
  client: WorkerClient,
  message: CallMessage,
  call: RunningCall,
  tellLate: (events: readonly ObservedEvent[]) => void,
): Promise<void> {
  const { writer, leaving } = call;
  const { method } = message;
  const options = reviveOptions(message.options as CallOptions | undefined);
  const terms = {
    options,
    readerSignal: leaving.signal,
    startedAt: message.startedAt - performance.timeOrigin,
  };
  if (method === 'health') return writer.write(Kind.Value, JSON.stringify(client.engine.health()));
  if (method === 'usage') return writer.write(Kind.Value, JSON.stringify(client.engine.usage()));
  if (method === 'tokens') {
    const { measure } = await import('../tokens/measure.ts');
    return writer.write(Kind.Value, JSON.stringify(await measure(message.params as TokenRequest)));
  }
  if (method === 'models.list') {
    const list = await client.listModels(message.params as ListParams, terms);
    return writer.write(Kind.Value, JSON.stringify(list));
  }
  if (method === 'models.retrieve') {
    const { model } = message.params as { readonly model: string };
    return writer.write(Kind.Value, JSON.stringify(await client.retrieveModel(model, terms)));
  }
  const notes = createNotes(call, message.observed);
  const log = notes.log;
  try {
    const asked = { engine: client.engine, params: message.params, terms: { ...terms, log } };
    if (message.stream) await writeStream(method, asked, notes, call);
    else {
      const packed = await wholeAnswer<unknown, object>(METHODS[method], asked);
      await notes.write();
      await writeValue(packed, writer);
    }
  } catch (error) {
    if (!leaving.signal.aborted) await notes.write();
    throw error;
  } finally {
    if (leaving.signal.aborted && message.observed) tellLate(notes.rest());
  }
}

/** What is asked, and of whom. */
interface EngineCall {
  readonly engine: Engine;
  readonly params: unknown;
  readonly terms: CallTerms;
}

async function wholeAnswer<Part, Answer extends object>(
  method: Method<Part, Answer>,
  { engine, params, terms }: EngineCall,
): Promise<Packed> {
  const kind = await method.load();
  return method.answer.pack(await kind.collect(engine.run(kind, params, terms)));
}

async function writeStream(
  name: MethodName,
  asked: EngineCall,
  notes: Notes,
  call: RunningCall,
): Promise<void> {
  const { engine, params, terms } = asked;
  const chat = METHODS['chat.completions.create'];
  if (name === 'chat.completions.create')
    return writeEvents(engine.run(await chat.load(), params, terms), notes, call);
  return writeParts<unknown>(METHODS[name], asked, notes, call);
}

/** Each part, as it comes: its bytes first, and then the rest of it. */
async function writeParts<Part>(
  { load, part, pieces }: Method<Part, object>,
  { engine, params, terms }: EngineCall,
  notes: Notes,
  { writer, leaving }: RunningCall,
): Promise<void> {
  for await (const one of engine.run(await load(), params, terms)) {
    if (notes.areNew()) await notes.write();
    if (pieces !== undefined) await writePieces(pieces(one), writer);
    else if (part !== undefined) await writePart(part.pack(one), writer);
    else throw new G4FError('this method gives no stream.', { code: 'internal' });
    if (writer.isLeft) leaving.abort();
    if (leaving.signal.aborted) return;
  }
  await notes.write();
  return writer.write(Kind.End, '');
}

async function writePieces(pieces: readonly unknown[], writer: RingWriter): Promise<void> {
  for (const piece of pieces) {
    const text = JSON.stringify(piece);
    if (!writer.tryWrite(Kind.Part, text)) await writer.write(Kind.Part, text);
  }
  writer.publish();
}

async function writePart({ json, bytes }: Packed, writer: RingWriter): Promise<void> {
  for (const piece of bytes) await writer.writeBytes(Kind.Bytes, piece);
  await writer.write(Kind.Part, JSON.stringify(json));
}

async function writeValue({ json, bytes }: Packed, writer: RingWriter): Promise<void> {
  for (const one of bytes) await writer.writeBytes(Kind.Bytes, one);
  await writer.write(Kind.Value, JSON.stringify(json));
}

async function writeEvents(
  batches: AsyncIterable<Batch>,
  notes: Notes,
  { writer, leaving }: RunningCall,
): Promise<void> {
  const encoder = new EventEncoder();
  for await (const batch of batches) {
    if (notes.areNew()) await notes.write();
    for (const event of batch) {
      encoder.encode(event);
      if (!writer.tryWrite(encoder.kind, encoder.text)) await writer.write(encoder.kind, encoder.text);
    }
    writer.publish();
    // A fast service keeps the event loop busy with its bytes while the message waits.
    if (writer.isLeft) leaving.abort();
    if (leaving.signal.aborted) return;
  }
  await notes.write();
  return writer.write(Kind.End, '');
}

/** What is told of a call besides its answer. */
interface Notes {
  readonly log: CallLog;
  areNew(): boolean;
  /** Writes what is new. */
  write(): Promise<void>;
  /** Events that nobody has read. */
  rest(): readonly ObservedEvent[];
}

function createNotes({ writer }: RunningCall, observed: boolean): Notes {
  const events: ObservedEvent[] = [];
  const publish: Publish = (...event) => void events.push(event);
  const log = new CallLog(observed ? publish : undefined);
  let told = 0;
  let toldHeaders = false;
  return {
    log,
    areNew() {
      return log.version !== told || events.length > 0;
    },
    async write() {
      if (log.version !== told) await writer.write(Kind.Route, JSON.stringify(log.attempts));
      told = log.version;
      if (log.received !== undefined && !toldHeaders) {
        toldHeaders = true;
        const { status, requestId, headers } = log.received;
        await writer.write(Kind.Headers, JSON.stringify({ status, requestId, headers }));
      }
      for (const event of events.splice(0)) await writer.write(Kind.Observed, JSON.stringify(event));
    },
    rest: () => events.splice(0),
  };
}

function describe(thrown: unknown): string {
  const error = toG4FError(thrown, { code: 'internal' });
  try {
    return JSON.stringify(error.toData());
  } catch {
    return JSON.stringify(new G4FError(error.message, { code: error.code }).toData());
  }
}
