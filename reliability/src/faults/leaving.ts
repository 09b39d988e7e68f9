// The reader's side: every way to leave an answer, at every moment, closes the connection to the service at once.
import { setTimeout as wait } from 'node:timers/promises';
import {
  type AsyncChunkStream,
  AsyncClient,
  type CallOptions,
  Client,
  isG4FError,
  type SyncChunkStream,
} from '@g4f/client';
import { OPTIONS, type Question, toCall } from '../faces.ts';
import type { FaultServer } from '../fault-server.ts';
import type { SpokenWire } from '../wires.ts';

/** The faults that make a moment last long enough to leave in it. */
const MOMENTS = {
  'before the headers': 'no-headers',
  'before the first content': 'no-content',
  'in mid-stream': 'endless-slow',
} as const;

/** A row of the table: who leaves, when and how. */
export interface Leaving {
  readonly name: string;
  readonly face: 'AsyncClient' | 'Client';
  readonly moment: keyof typeof MOMENTS;
  /** Asks, and leaves. @returns when, on the clock of `performance.now()`. */
  leave(question: Question, server: FaultServer): Promise<number>;
}

const OWN = new Error('the error of the reader’s own loop');
const expected = (thrown: unknown): void => {
  if (thrown !== OWN && !(isG4FError(thrown) && /^(aborted|timeout)$/.test(thrown.code))) throw thrown;
};
/** So many chunks are read before the reader leaves: content is among them. */
const READ = 4;
/** How long a whole call takes that is given up before content, in ms: the request is on its way by then. */
const PATIENCE_MS = 200;
/** How long after its request has come a reader gives up, in ms: the headers have come by then, too, where there are any. */
const MOMENT_MS = 20;
/** A connection that is open so long after its reader left, in ms, stays open. */
const OPEN_MS = 20_000;

const asking = (
  question: Question,
  options: CallOptions = {},
  client = new AsyncClient(OPTIONS),
): AsyncChunkStream => {
  const [params, call] = toCall(question);
  return client.chat.completions.create({ ...params, stream: true }, { ...call, ...options });
};

/** Notes the moment at which the reader leaves. */
type Mark = () => void;

/** Leaves an answer that has begun. */
const inAsync = (
  name: string,
  how: (stream: AsyncChunkStream, mark: Mark, client: AsyncClient) => unknown,
): Leaving => ({
  name,
  face: 'AsyncClient',
  moment: 'in mid-stream',
  async leave(params) {
    const client = new AsyncClient(OPTIONS);
    const stream = asking(params, {}, client);
    for (let read = 0; read < READ; read++) await stream.next();
    let left = performance.now();
    const mark = (): void => {
      left = performance.now();
    };
    await Promise.resolve(how(stream, mark, client)).catch(expected);
    return left;
  },
});

const inSync = (
  name: string,
  how: (stream: SyncChunkStream, mark: Mark, client: Client) => unknown,
): Leaving => ({
  name,
  face: 'Client',
  moment: 'in mid-stream',
  async leave(question) {
    const client = new Client(OPTIONS);
    const [params, call] = toCall(question);
    const stream = client.chat.completions.create({ ...params, stream: true }, call);
    for (let read = 0; read < READ; read++) stream.next();
    let left = performance.now();
    const mark = (): void => {
      left = performance.now();
    };
    try {
      how(stream, mark, client);
    } catch (thrown) {
      expected(thrown);
    }
    client.close();
    return left;
  },
});

/** Leaves while the first chunk is waited for. */
const early = (
  moment: Leaving['moment'],
  name: string,
  how: (stream: AsyncChunkStream, controller: AbortController) => unknown,
): Leaving => ({
  name,
  face: 'AsyncClient',
  moment,
  async leave(params, server) {
    const controller = new AbortController();
    const stream = asking(params, { signal: controller.signal });
    const first = stream.next().catch(expected);
    while ((await server.counts()).activeStreams === 0) await wait(1);
    await wait(MOMENT_MS);
    const left = performance.now();
    void how(stream, controller);
    await first;
    return left;
  },
});

/** The only way in which a blocked thread can leave before anything has come. */
const tooLate = (face: Leaving['face'], moment: Leaving['moment']): Leaving => ({
  name: 'the deadline of the whole call',
  face,
  moment,
  async leave(question) {
    const impatient = { ...question, timeout: PATIENCE_MS };
    const [params, call] = toCall(impatient);
    const client = new Client(OPTIONS);
    try {
      if (face === 'AsyncClient') await asking(impatient).next();
      else client.chat.completions.create({ ...params, stream: true }, call).next();
    } catch (thrown) {
      expected(thrown);
    }
    const left = performance.now();
    client.close();
    return left;
  },
});

const EARLY = ['before the headers', 'before the first content'] as const;

/** All of them. */
export const LEAVINGS: readonly Leaving[] = [
  ...EARLY.flatMap((moment) => [
    early(moment, 'signal', (_, controller) => controller.abort()),
    early(moment, 'abort()', (stream) => stream.abort()),
    early(moment, 'return()', (stream) => stream.return?.()),
    tooLate('AsyncClient', moment),
    tooLate('Client', moment),
  ]),
  inAsync('break', async (stream, mark) => {
    for await (const _ of stream) {
      mark();
      break;
    }
  }),
  inAsync('an error in the loop', async (stream, mark) => {
    for await (const _ of stream) {
      mark();
      throw OWN;
    }
  }),
  inAsync('return()', (stream) => stream.return?.()),
  inAsync('throw()', (stream) => stream.throw?.(OWN)),
  inAsync('abort()', (stream) => stream.abort()),
  inAsync('the end of await using', (stream) => stream[Symbol.asyncDispose]()),
  inAsync('close()', (_, __, client) => client.close()),
  inSync('break', (stream, mark) => {
    for (const _ of stream) {
      mark();
      break;
    }
  }),
  inSync('an error in the loop', (stream, mark) => {
    for (const _ of stream) {
      mark();
      throw OWN;
    }
  }),
  inSync('return()', (stream) => stream.return?.()),
  inSync('throw()', (stream) => stream.throw?.(OWN)),
  inSync('abort()', (stream) => stream.abort()),
  inSync('the end of using', (stream) => stream[Symbol.dispose]()),
  inSync('close()', (_, __, client) => client.close()),
];

/** How long the connection stays open after the reader left, in ms; Infinity if it is never closed. */
export const closesAfter = async (
  { leave, moment }: Leaving,
  { provider }: SpokenWire,
  server: FaultServer,
): Promise<number> => {
  const baseURL = `${server.url}/${MOMENTS[moment]}`;
  const left = await leave({ model: 'm', messages: 'hi', max_tokens: 9, provider, baseURL }, server);
  for (;;) {
    const { activeStreams } = await server.counts();
    const ms = performance.now() - left;
    if (activeStreams === 0) return ms;
    if (ms > OPEN_MS) return Number.POSITIVE_INFINITY;
    await wait(1);
  }
};
