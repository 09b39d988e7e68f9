// The headers of a service's answer, as they came and as they are shown.
import { type HttpRequest, redact } from '@g4f/core';
import { requestIdOf } from '@g4f/providers/send';
import { sentSecrets } from '../errors/provider-error.ts';
import type { Received, ResponseHeaders } from '../surface/received.ts';

/** Headers that came, made fit to be shown when somebody looks at them: most often nobody does. */
export class ReceivedHeaders implements Received {
  readonly #came: ResponseHeaders;
  readonly #sent: HttpRequest['headers'];
  readonly #baseURL: string | undefined;
  #headers: ResponseHeaders | undefined;
  readonly status: number;

  /**
   * @param sent those of the request: what of its keys the service repeats is not shown. @param baseURL where it went to, whose query
   *   may hold another.
   */
  constructor(came: ResponseHeaders, sent: HttpRequest['headers'], status: number, baseURL?: string) {
    this.status = status;
    this.#came = came;
    this.#sent = sent;
    this.#baseURL = baseURL;
  }

  get requestId(): string | null {
    const id = requestIdOf(this.#came);
    return id === undefined ? null : this.redact(id);
  }

  redact(text: string): string {
    return redact(text, this.#secrets);
  }

  /** Without cookies, which are credentials themselves. */
  get headers(): ResponseHeaders {
    this.#headers ??= shown(this.#came, this.#secrets);
    return this.#headers;
  }

  get #secrets(): readonly string[] {
    return sentSecrets(this.#sent, this.#baseURL);
  }
}

/**
 * All at once, which for `Client` is done with every call: each look at a text costs more than its length. A header whose name holds
 * a key is left out: in its place would stand what is no name.
 */
function shown(came: ResponseHeaders, secrets: readonly string[]): ResponseHeaders {
  const names = Object.keys(came).filter((name) => name !== 'set-cookie');
  const values = names.map((name) => came[name] ?? '');
  const texts = names.concat(values);
  const joined = redact(texts.join('\n'), secrets).split('\n');
  // Else what was taken out reached from one into the next.
  const clean = joined.length === texts.length ? joined : texts.map((text) => redact(text, secrets));
  return Object.fromEntries(
    names.flatMap((name, at) => (clean[at] === name ? [[name, clean[at + names.length] ?? '']] : [])),
  );
}
