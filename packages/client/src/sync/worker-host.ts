// The worker's side of the bridge: carries out the calls that are posted to it and writes each answer into its ring.
import type { MessagePort } from 'node:worker_threads';
import { type Batch, fold, G4FError, toG4FError } from '@g4f/core';
import type { Publish } from '#platform/publish';
import { CallLog } from '../attempt/call-log.ts';
import type { Engine } from '../engine/engine.ts';
import { closedError } from '../errors/client-closing.ts';
import type { CallOptions, ChatParams, ClientOptions, ListParams } from '../surface/surface.ts';
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

/** Serves calls until the thread ends. `createCalls` is called once for each client. */
export const serve = (
  createCalls: (options: ClientOptions) => Engine,
  { port, postUp }: Way,
  board: WorkerStatus,
): void => {
  const clients = new Map<number, Engine>();
  const running = new Map<number, RunningCall>();
  let beating: NodeJS.Timeout | undefined;

  const answer = async (message: CallMessage): Promise<void> => {
    const call = { writer: new RingWriter(message.ring), leaving: new AbortController() };
    running.set(message.call, call);
    beating ??= setInterval(() => board.beat(), BEAT_MS).unref();
    try {
      const calls = clients.get(message.client);
      if (calls === undefined) throw closedError('Client');
      await carryOut(calls, message, call, postUp);
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
        clients.set(message.client, createCallsLater(createCalls, message.options as ClientOptions));
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

/** What `createCalls` throws must reach the call that needed it, not end the worker. */
function createCallsLater(createCalls: (options: ClientOptions) => Engine, options: ClientOptions): Engine {
  let calls: Engine | undefined;
  const made = (): Engine => {
    calls ??= createCalls(options);
    return calls;
  };
  return {
    chat: (...given) => made().chat(...given),
    listModels: (...given) => made().listModels(...given),
    health: () => made().health(),
  };
}

/** @param tellLate is given the events of a call whose reader had left before they came. */
async function carryOut(
  calls: Engine,
  message: CallMessage,
  call: RunningCall,
  tellLate: (events: readonly ObservedEvent[]) => void,
): Promise<void> {
  const { writer, leaving } = call;
  const options = reviveOptions(message.options as CallOptions | undefined);
  const startedAt = message.startedAt - performance.timeOrigin;
  if (message.method === 'health') return writer.write(Kind.Value, JSON.stringify(calls.health()));
  if (message.method === 'models.list') {
    return writer.write(
      Kind.Value,
      JSON.stringify(
        await calls.listModels(message.params as ListParams, options, leaving.signal, startedAt),
      ),
    );
  }
  const notes = createNotes(call, message.observed);
  const batches = calls.chat(message.params as ChatParams, options, leaving.signal, notes.log, startedAt);
  try {
    if (message.stream) await writeEvents(batches, notes, call);
    else {
      const answer = await fold(batches);
      await notes.write();
      await writer.write(Kind.Value, JSON.stringify(answer));
    }
  } catch (error) {
    if (!leaving.signal.aborted) await notes.write();
    throw error;
  } finally {
    if (leaving.signal.aborted && message.observed) tellLate(notes.rest());
  }
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
        const { requestId, headers } = log.received;
        await writer.write(Kind.Headers, JSON.stringify({ requestId, headers }));
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
