// One request and what belongs to it, while it is answered.

import type { AsyncClient, ProviderChoice } from '@g4f/client';
import type { CallerRequest } from '../answer/caller-request.ts';
import type { Asked } from '../dialects/dialect.ts';
import type { Failure } from '../failure/refusal.ts';
import type { Nameable } from '../guard/own-fields.ts';
import type { Caller } from '../keys/caller.ts';
import type { ResponseStore } from '../stored/response-store.ts';
import type { TargetTable } from '../targets/target.ts';
import type { Outcome } from './record.ts';

/** A request of Node's, as far as its body is read. */
export interface Incoming {
  readonly destroyed: boolean;
  /** Whether all of it has come; a connection does not know. */
  readonly complete?: boolean;
  /** How many bytes of it can be read at once. */
  readonly readableLength?: number;
  /** What has come: bytes, unless somebody has asked for text. */
  read?(): Uint8Array<ArrayBuffer> | string | null;
  pause(): unknown;
  on(event: 'data', listener: (piece: Uint8Array<ArrayBuffer>) => void): unknown;
  on(event: 'end' | 'error' | 'close', listener: () => void): unknown;
  off(event: 'data', listener: (piece: Uint8Array<ArrayBuffer>) => void): unknown;
  off(event: 'end' | 'error' | 'close', listener: () => void): unknown;
}

/** What Node gives beside a request, of which this is used; absent on other runtimes. */
export interface NodeBindings {
  /** The request as it arrives. */
  readonly incoming: Incoming;
  /** The answer as it is sent. */
  readonly outgoing: {
    readonly destroyed: boolean;
    readonly writableFinished: boolean;
    destroy(): unknown;
    once(event: 'close', listener: () => void): unknown;
  };
}

/** What the body of a request may be. */
export interface BodyLimits {
  readonly bytes: number;
  /** In ms, from the first to the last byte. */
  readonly timeout: number;
}

/** What is counted, and who may read it. */
export interface Counts {
  readonly render: () => Promise<{ readonly type: string; readonly text: string }>;
  readonly mayRead: (request: CallerRequest) => Promise<boolean>;
}

/** What routes answer. */
export interface Exchange extends Asked {
  readonly request: CallerRequest;
  readonly node: NodeBindings | undefined;
  readonly client: AsyncClient;
  readonly limits: BodyLimits;
  readonly nameable: Nameable;
  /** The providers that the options of the client name. */
  readonly chosen: readonly ProviderChoice[];
  /** Whether the client is known to have no provider and no address of its own: the name of a model says who is asked. */
  readonly routesByName: boolean;
  /** Who asks, by a virtual key; undefined for the operator's own keys, and where there are no virtual ones. */
  readonly caller: Caller | undefined;
  /** Throws where keys cannot be looked up now; undefined where there are no virtual keys. */
  readonly checkState: (() => Promise<void>) | undefined;
  /** Whether callers have keys: then nobody goes on from what is not kept for them. */
  readonly isKeyed: boolean;
  /** What the gateway's own names of models lead to. */
  readonly targets: TargetTable;
  /** Where responses are kept for later; undefined where none are. */
  readonly stored: ResponseStore | undefined;
  /** How long a stream may say nothing before a sign of life is written, in ms; 0 for never. */
  readonly keepAlive: number;
  readonly outcome: Outcome;
  /** What a caller is told of a failure. */
  readonly tell: (thrown: unknown) => Promise<Failure>;
  /** Absent where nothing is counted. */
  readonly metrics: Counts | undefined;
  /** Aborted, with what callers are told, when the time that a server gives to running calls at its end is over. */
  readonly ending: AbortSignal | undefined;
}
