// How a protocol carries out an operation besides chat and embeddings: what it sends, and how it reads what comes back.
import type { HttpResponse, Operation, Operations, Upload } from '@g4f/core';
import type { RequestFacts } from '../http/failures/failure.ts';
import type { FormField } from '../http/transport/multipart.ts';
import type { Warn } from './fit/warn.ts';
import type { RequestBody } from './request-body.ts';

/** The operations that have neither a stream grammar nor batches of their own. */
export type OtherOperation = Exclude<Operation, 'chat' | 'embed'>;

/** One request of an operation. A POST, unless it has neither a JSON body nor a form nor a file. */
export interface EndpointRequest {
  /** Below the base; it may hold a query. */
  readonly path: string;
  /** In the place of the path: an address that the service named in its answer, which `ownURL` has checked. */
  readonly url?: string;
  /** In the place of the address that the path comes to: where an operation stands beside what the base is the address of. */
  readonly moved?: (address: string) => string;
  /** Whether neither the key nor the caller's headers go with it: where an address is a secret of its own, or a file lies elsewhere. */
  readonly isBare?: boolean;
  /** The media type of the answer; JSON unless given. */
  readonly accept?: string;
  readonly json?: RequestBody;
  readonly form?: readonly FormField[];
  /** A file that is the whole body. */
  readonly file?: Upload;
  /** Whether the caller's extra fields go into the query: where parameters stand there, and the body has no place for them. */
  readonly extraInQuery?: boolean;
  /** What must not be repeated in an error: the prompt, in whatever form. */
  readonly hides?: unknown;
}

/** A successful answer, whose body has not been read. */
export interface EndpointReply {
  readonly response: HttpResponse;
  /** Who was asked, for errors. */
  readonly asked: RequestFacts;
}

/** What an endpoint is lent for one call. */
export interface EndpointContext {
  readonly provider: string;
  readonly signal: AbortSignal;
  readonly warn: Warn;
  /** Sends a request with the key, the headers and the extra fields of the call. @throws G4FError for a refusal, too */
  send(request: EndpointRequest): Promise<EndpointReply>;
}

/** Carries out one call; what it yields is the answer. It throws G4FError. */
export type Endpoint<O extends OtherOperation> = (
  request: Operations[O]['request'],
  exchange: EndpointContext,
) => AsyncIterable<Operations[O]['part']>;

/** What a service says of an operation that it can do. */
export interface OperationFacts<O extends OtherOperation> {
  /** Model families it does this with → its own id for exactly that model. */
  readonly models?: Readonly<Record<string, string>>;
  readonly endpoint: Endpoint<O>;
}

/** The operations of a service besides chat and embeddings. */
export type OtherOperations = { readonly [O in OtherOperation]?: OperationFacts<O> };

/** An endpoint that is loaded with its first call. */
export const lazyEndpoint = <O extends OtherOperation>(load: () => Promise<Endpoint<O>>): Endpoint<O> =>
  async function* (request, exchange) {
    const endpoint = await load();
    yield* endpoint(request, exchange);
  };
