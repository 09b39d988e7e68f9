// The worker's side of the bridge: carries out the calls that are posted to it and writes each answer into its ring.
import type { MessagePort } from 'node:worker_threads';
import { fold, G4FError, toG4FError } from '@g4f/core';
import type { Calls } from '../calls.ts';
import type { CallOptions, ChatParams, ClientOptions } from '../surface.ts';
import type { Board } from './board.ts';
import type { CallMessage, Message } from './messages.ts';
import { EventEncoder, Kind } from './records.ts';
import { RingWriter } from './ring-writer.ts';

/** How often callers see that the worker's event loop turns, in ms. */
const BEAT_MS = 200;

interface RunningCall {
  readonly writer: RingWriter;
  readonly leaving: AbortController;
}

/** Serves calls until the thread ends. `createCalls` is called once for each client. */
export const serve = (
  createCalls: (options: ClientOptions) => Calls,
  port: MessagePort,
  board: Board,
): void => {
  const clients = new Map<number, Calls>();
  const running = new Map<number, RunningCall>();
  let beating: NodeJS.Timeout | undefined;

  const answer = async (message: CallMessage): Promise<void> => {
    const call = { writer: new RingWriter(message.ring), leaving: new AbortController() };
    running.set(message.call, call);
    beating ??= setInterval(() => board.beat(), BEAT_MS).unref();
    try {
      const calls = clients.get(message.client);
      if (calls === undefined) throw new G4FError('Client: it was closed.', { code: 'invalid-request' });
      await carryOut(calls, message, call);
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
function createCallsLater(createCalls: (options: ClientOptions) => Calls, options: ClientOptions): Calls {
  let calls: Calls | undefined;
  const made = (): Calls => {
    calls ??= createCalls(options);
    return calls;
  };
  return {
    chat: (params, callOptions, left) => made().chat(params, callOptions, left),
    listModels: (callOptions, left) => made().listModels(callOptions, left),
  };
}

async function carryOut(calls: Calls, message: CallMessage, { writer, leaving }: RunningCall): Promise<void> {
  const options = message.options as CallOptions | undefined;
  if (message.method === 'models.list') {
    return writer.write(Kind.Value, JSON.stringify(await calls.listModels(options, leaving.signal)));
  }
  const batches = calls.chat(message.params as ChatParams, options, leaving.signal);
  if (!message.stream) return writer.write(Kind.Value, JSON.stringify(await fold(batches)));
  const encoder = new EventEncoder();
  for await (const batch of batches) {
    for (const event of batch) {
      encoder.encode(event);
      if (!writer.tryWrite(encoder.kind, encoder.text)) await writer.write(encoder.kind, encoder.text);
    }
    writer.publish();
    // A fast service keeps the event loop busy with its bytes while the message waits.
    if (writer.isLeft) leaving.abort();
    if (leaving.signal.aborted) return;
  }
  return writer.write(Kind.End, '');
}

function describe(thrown: unknown): string {
  const error = toG4FError(thrown, { code: 'bad-response' });
  try {
    return JSON.stringify(error.toData());
  } catch {
    return JSON.stringify(new G4FError(error.message, { code: error.code }).toData());
  }
}
