// How a protocol carries out an operation besides chat and embeddings: what it sends, and how it reads what comes back.
import type { HttpResponse, Operation, Operations, Upload } from '@g4f/core';
import type { RequestFacts } from '../http/failures/failure.ts';
import type { FormField } from '../http/transport/multipart.ts';
import type { Warn } from './fit/warn.ts';
import type { RequestBody } from './request-body.ts';

/** The operations that have neither a stream grammar nor batches of their own. */
export type OtherOperation = Exclude<Operation, 'chat' | 'embed'>;

/** One request of an operation. A POST, unless it has neither a JSON body nor a form nor a file: then it is a GET. */
export interface EndpointRequest {
  /** Of a request without a body that is no GET. */
  readonly method?: 'DELETE' | 'POST';
  /** Below the base; it may hold a query. */
  readonly path: string;
  /** In the place of the path: an address that the service named in its answer, which `ownURL` has checked. */
  readonly url?: string;
  /** In the place of the address that the path comes to: where an operation stands beside what the base is the address of. */
  readonly moved?: (address: string) => string;
  /** Whether it is a GET of a file that lies elsewhere: neither the key nor the caller's headers go with it, and redirects are followed. */
  readonly isBare?: boolean;
  /** Fields that stand in the address, where there is no body; extra fields of the call go over them. */
  readonly query?: Readonly<Record<string, unknown>>;
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
  /**
   * Runs what costs nothing to run twice, such as a question after a result, or a download: where it fails it is run again as the
   * caller allows. What has been made by then is paid, so its last failure does not lead to the provider being asked anew.
   *
   * @param over gives it up; the signal of the call unless given.
   */
  again<Result>(run: () => Promise<Result>, over?: AbortSignal): Promise<Result>;
  /**
   * The results of all jobs in their order, a few at once. One of several that fails is run again by itself; the first failure that
   * stays aborts the signals of the others, and is thrown. Where something has been made by then, the provider is not asked anew.
   */
  forEach<Job, Result>(
    jobs: readonly Job[],
    run: (job: Job, signal: AbortSignal) => Promise<Result>,
  ): Promise<readonly Result[]>;
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
