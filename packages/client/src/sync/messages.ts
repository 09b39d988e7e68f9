// What is posted between the calling thread and the worker: plain data only.

import type { Publish } from '#platform/publish';
import type { MethodName } from '../methods/loaders.ts';

/** An event for observers: its name and its message. */
export type ObservedEvent = Parameters<Publish>;

/** A value that structured clone carries unchanged: no functions, no classes. */
export type PlainData = unknown;

/** A client joins: what it was made with. */
export interface OpenMessage {
  readonly type: 'open';
  readonly client: number;
  readonly options: PlainData;
}

/** A call begins; its answer goes into `ring`. */
export interface CallMessage {
  readonly type: 'call';
  readonly client: number;
  readonly call: number;
  readonly method: MethodName | 'models.list' | 'models.retrieve' | 'health' | 'usage' | 'tokens';
  /** Whether events are wanted (`Event` … `End`), or one `Value`. */
  readonly stream: boolean;
  /** Whether anybody in the calling thread subscribes to the events of calls. */
  readonly observed: boolean;
  readonly params: PlainData;
  readonly options: PlainData;
  /** When the call was made, in ms since 1970 on the clock that all threads of the process share. */
  readonly startedAt: number;
  readonly ring: SharedArrayBuffer;
}

/** Nobody reads a call's answer any more. */
export interface AbortMessage {
  readonly type: 'abort';
  readonly call: number;
}

/** A client leaves. */
export interface CloseMessage {
  readonly type: 'close';
  readonly client: number;
}

/** Anything that is posted down. */
export type Message = OpenMessage | CallMessage | AbortMessage | CloseMessage;

/** Posted up: a line that the person at the terminal has been told, or events of a call whose reader had left. */
export type UpMessage = string | readonly ObservedEvent[];

/** What a worker is started with. It takes this out of `workerData` before any other module can see it. */
export interface WorkerStart {
  readonly board: SharedArrayBuffer;
  /** The file of the worker. */
  readonly file: string;
  readonly secret: string;
}

/** How it is posted up: with what shows that our own code did. */
export interface Envelope {
  readonly secret: string;
  readonly message: UpMessage;
}

/** The message, if it was our code in the worker that posted it. */
export const openEnvelope = (posted: unknown, secret: string): UpMessage | undefined =>
  isEnvelope(posted, secret) ? posted.message : undefined;

const isEnvelope = (posted: unknown, secret: string): posted is Envelope =>
  typeof posted === 'object' && posted !== null && 'secret' in posted && posted.secret === secret;
