// What is asked, in the form that every runtime has: a `Request` of the platform's, or what `node/node-request.ts` makes of one of Node's.

/** A request as far as it is looked at. */
export interface CallerRequest extends Pick<Request, 'method' | 'url'> {
  readonly headers: Pick<Headers, 'get' | 'has'>;
  /** Absent on Node, where the connection has it. */
  readonly body?: Request['body'];
  /** Absent on Node, where the connection tells that a caller leaves. */
  readonly signal?: AbortSignal;
}
