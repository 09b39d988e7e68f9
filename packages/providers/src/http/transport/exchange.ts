// One request on its way over undici, and its answer as soon as the headers are there.
import { Readable } from 'node:stream';
import {
  type Abortable,
  G4FError,
  type HttpRequest,
  type HttpResponse,
  isG4FError,
  type WaitPhase,
} from '@g4f/core';
import type { Dispatcher } from 'undici';
import type { Address } from './address.ts';
import { BodyQueue } from './body.ts';
import { bodyBytes } from './body-bytes.ts';
import { decodeContent } from './content-encoding.ts';
import { holdProcess, releaseProcess } from './hold-process.ts';
import { networkFailure } from './network-failure.ts';
import type { Pool } from './transport.ts';

/** Who sends, and what bounds it. */
export interface Sender {
  /** For errors. */
  readonly provider: string;
  readonly signal: Abortable;
  /** Is told what is waited for: `headers`, and then `first-content`. */
  enter(phase: WaitPhase): void;
  /** Tells how long, in ms, until a deadline passes if nothing comes. */
  readonly leftMs?: HttpResponse['leftMs'];
  /** Is told of the headers of each answer, of those that were sent for it, and of its status. */
  received?(headers: HttpResponse['headers'], sent: HttpRequest['headers'], status: number): void;
}

/** What to throw when the signal is aborted: its own reason if it is ours (a deadline), else `aborted`. */
export const abortError = (provider: string, signal: Abortable): G4FError =>
  signal.reason instanceof G4FError
    ? signal.reason
    : new G4FError(`${provider}: the request was aborted by the caller.`, {
        code: 'aborted',
        provider,
        cause: signal.reason,
      });

/** Sends the request. @throws G4FError `network`, `aborted`, or the signal's own reason. */
export const exchange = (
  pool: Pool,
  address: Address,
  request: HttpRequest,
  sender: Sender,
): Promise<HttpResponse> =>
  new Promise((resolve, reject) => {
    new Exchange(pool, address, sender, resolve, reject).begin(request);
  });

/** What undici tells of a request. A class, because closures of its own for each request cost more than the request's JSON. */
class Exchange implements Dispatcher.DispatchHandler {
  readonly #pool: Pool;
  readonly #address: Address;
  readonly #sender: Sender;
  readonly #resolve: (response: HttpResponse) => void;
  readonly #reject: (error: Error) => void;
  #sent: HttpRequest['headers'] = {};
  #controller: Dispatcher.DispatchController | undefined;
  #body: BodyQueue | undefined;
  /** Calls off the tunnel that is opened for this request: undici cannot. */
  #callOff: (() => void) | undefined;
  #isHolding = false;
  #hasFailed = false;

  constructor(
    pool: Pool,
    address: Address,
    sender: Sender,
    resolve: (response: HttpResponse) => void,
    reject: (error: Error) => void,
  ) {
    this.#pool = pool;
    this.#address = address;
    this.#sender = sender;
    this.#resolve = resolve;
    this.#reject = reject;
  }

  begin({ method, headers, body, bodyStream }: HttpRequest): void {
    this.#sender.signal.addEventListener('abort', this.#abort);
    const { origin, path } = this.#address;
    this.#sent = headers;
    try {
      // Copied where there is a proxy: undici adds the host to them.
      const sent = this.#pool.proxy === undefined ? headers : { ...headers };
      this.#pool.callOff = undefined;
      const sends =
        bodyStream === undefined
          ? (body ?? null)
          : Readable.from(bodyBytes(bodyStream, this.#sender), { objectMode: false });
      this.#pool.dispatcher.dispatch({ origin, path, method, headers: sent, body: sends }, this);
      this.#callOff = this.#pool.callOff;
    } catch (error) {
      this.#fail(error instanceof Error ? error : new Error(String(error)));
    }
    // A socket that is still connecting does not keep the process alive; this does, as long as somebody waits for it.
    if (this.#controller === undefined && !this.#hasFailed) {
      this.#isHolding = true;
      holdProcess();
    }
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    const { provider, signal } = this.#sender;
    this.#letGo();
    this.#controller = controller;
    this.#callOff = undefined;
    if (signal.aborted) controller.abort(abortError(provider, signal));
    else this.#sender.enter('headers');
  }

  onResponseStart(controller: Dispatcher.DispatchController, status: number, received: Received): void {
    if (status < 200) return;
    this.#sender.enter('first-content');
    const body = new BodyQueue(controller, this.#stopListening);
    const headers = plainHeaders(received);
    const encoding = headers['content-encoding'];
    this.#body = body;
    this.#sender.received?.(headers, this.#sent, status);
    this.#resolve({
      status,
      headers,
      body: encoding === undefined ? body : decodeContent(body, encoding, this.#sender.provider),
      release: () => body.release(),
      leftMs: this.#sender.leftMs,
    });
  }

  onResponseData(_: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#body?.push(chunk);
  }

  onResponseEnd(): void {
    this.#body?.end();
  }

  onResponseError(_: Dispatcher.DispatchController, error: Error): void {
    this.#fail(error);
  }

  #letGo(): void {
    if (this.#isHolding) releaseProcess();
    this.#isHolding = false;
  }

  readonly #stopListening = (): void => this.#sender.signal.removeEventListener('abort', this.#abort);

  readonly #abort = (): void => {
    const { provider, signal } = this.#sender;
    const error = abortError(provider, signal);
    this.#fail(error);
    this.#controller?.abort(error);
    this.#callOff?.();
  };

  #fail(error: Error): void {
    const { provider, signal } = this.#sender;
    const body = this.#body;
    this.#hasFailed = true;
    this.#letGo();
    this.#stopListening();
    const { origin } = this.#address;
    const { proxy } = this.#pool;
    const failure = signal.aborted
      ? abortError(provider, signal)
      : isG4FError(error)
        ? error
        : networkFailure(error, { provider, origin, answering: body !== undefined, proxy });
    if (body === undefined) this.#reject(failure);
    else body.fail(failure);
  }
}

type Received = Record<string, string | string[] | undefined>;

/** Header names are in lower case already; most often no header is there twice, and nothing is copied. */
const plainHeaders = (headers: Received): Record<string, string> =>
  isPlain(headers) ? headers : joined(headers);

const isPlain = (headers: Received): headers is Record<string, string> => {
  for (const name in headers) if (typeof headers[name] !== 'string') return false;
  return true;
};

const joined = (headers: Received): Record<string, string> => {
  const plain: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) plain[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return plain;
};
