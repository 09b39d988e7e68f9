// What a client has learnt of its providers: who answers, how fast, who fails, and who is left alone for a while.
import { type ErrorCode, type G4FError, type Operation, redact, scopeOf } from '@g4f/core';
import type { BackendHealth } from '../surface/reports.ts';
import { BoundedMap } from './bounded-map.ts';
import { type Circuit, createCircuit } from './circuit.ts';
import { createLatency, type Latency } from './latency.ts';

/** A provider at one address, for one operation; no address is the provider's own, no operation is chat. */
export interface ProviderPlace {
  readonly provider: string;
  readonly baseURL: string | undefined;
  readonly operation?: Operation | undefined;
}

/** A place as the key of a map. */
export const nameOf = ({ provider, baseURL = '', operation }: ProviderPlace): string =>
  operation === undefined ? `${provider} ${baseURL}` : `${provider} ${baseURL} ${operation}`;

/** One request to a provider, as its health sees it; one of `ended`, `failed` and `left` comes last, whether it was sent or not. */
export interface Watch {
  /** It is sent, and counts. */
  sent(): void;
  /** The first content is there. @param ms since the request was made. */
  spoke(ms: number): void;
  /** The answer is complete. */
  ended(): void;
  failed(error: G4FError): void;
  /** Its answer was no longer wanted. */
  left(): void;
}

/** The health of all providers of one client. */
export interface Health {
  /** A request to whoever was chosen: if a probe is due, this one is it from now on. */
  begin(place: ProviderPlace): Watch;
  /** Whether it should be left alone now. */
  isResting(place: ProviderPlace): boolean;
  /** Expected ms to the first content, times the requests under way with one more: what the lowest-latency policy compares. */
  load(place: ProviderPlace): number;
  report(): readonly BackendHealth[];
}

interface KnownPlace {
  readonly place: ProviderPlace;
  readonly circuit: Circuit;
  readonly latency: Latency;
  underWay: number;
  requests: number;
  failures: number;
  /** In ms since 1970. */
  lastSuccessAt: number | undefined;
  lastError: BackendHealth['lastError'];
}

/** Failures that say something of the provider, and not of what it was asked, or by whom. */
const ITS_OWN: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'bad-response',
  'network',
  'server',
  'stream-truncated',
  'timeout',
]);

/** Nothing known. @param now a clock in ms that never goes back. */
export const createHealth = (now: () => number = () => performance.now()): Health => {
  const places = new BoundedMap<KnownPlace>();
  // The last one is kept: most calls of a client go to the same place, and its name would have to be put together anew.
  let last: KnownPlace | undefined;
  const know = (place: ProviderPlace): KnownPlace => {
    if (
      last?.place.provider !== place.provider ||
      last.place.baseURL !== place.baseURL ||
      last.place.operation !== place.operation
    )
      last = places.getOr(nameOf(place), () => newlyKnown(place, now));
    return last;
  };
  return {
    begin: (place) => new WatchedRequest(know(place)),
    isResting: (place) => places.get(nameOf(place))?.circuit.isResting() ?? false,
    load(place) {
      const known = places.get(nameOf(place));
      return known === undefined ? 0 : known.latency.estimate() * (known.underWay + 1);
    },
    report: () =>
      places
        .values()
        .filter(({ requests }) => requests > 0)
        .map((known) => describe(known, now)),
  };
};

const newlyKnown = (place: ProviderPlace, now: () => number): KnownPlace => ({
  place,
  circuit: createCircuit(now),
  latency: createLatency(now),
  underWay: 0,
  requests: 0,
  failures: 0,
  lastSuccessAt: undefined,
  lastError: undefined,
});

/** A request under way, and what it tells of its place. */
class WatchedRequest implements Watch {
  readonly #known: KnownPlace;
  readonly #isProbe: boolean;
  #underWay = 0;
  #isOver = false;

  constructor(known: KnownPlace) {
    this.#known = known;
    this.#isProbe = known.circuit.begun();
  }

  sent(): void {
    this.#underWay = 1;
    this.#known.requests += 1;
    this.#known.underWay += 1;
  }

  spoke(ms: number): void {
    this.#known.latency.add(ms);
    this.#known.circuit.spoke();
  }

  ended(): void {
    if (!this.#over()) return;
    this.#known.circuit.succeeded();
    this.#known.lastSuccessAt = Date.now();
  }

  failed(error: G4FError): void {
    if (!this.#over()) return;
    const { code, message } = error;
    const scope = scopeOf(error);
    // What is wrong with the request is no news of the provider, and an exception in code does not show that it was asked.
    if (scope !== 'request' && code !== 'internal') {
      this.#known.failures += 1;
      this.#known.lastError = { at: new Date().toISOString(), code, message };
    }
    if (scope === 'moment' && ITS_OWN.has(code)) this.#known.circuit.failed();
    else this.#leave();
  }

  left(): void {
    if (this.#over()) this.#leave();
  }

  #leave(): void {
    if (this.#isProbe) this.#known.circuit.left();
  }

  /** Whether it was not over before. */
  #over(): boolean {
    if (this.#isOver) return false;
    this.#isOver = true;
    this.#known.underWay -= this.#underWay;
    return true;
  }
}

function describe(known: KnownPlace, now: () => number): BackendHealth {
  const { place, circuit, latency, requests, failures, lastSuccessAt, lastError } = known;
  const until = circuit.openUntil();
  const p50 = latency.percentile(0.5);
  const p95 = latency.percentile(0.95);
  return {
    provider: place.provider,
    ...(place.baseURL !== undefined && { baseURL: redact(place.baseURL) }),
    ...(place.operation !== undefined && { operation: place.operation }),
    state: circuit.state(),
    ...(until !== undefined && { retryAt: new Date(Date.now() + until - now()).toISOString() }),
    requests,
    failures,
    ...(lastSuccessAt !== undefined && { lastSuccess: new Date(lastSuccessAt).toISOString() }),
    ...(lastError !== undefined && { lastError }),
    ...(p50 !== undefined &&
      p95 !== undefined && { firstContentMs: { p50: Math.round(p50), p95: Math.round(p95) } }),
  };
}
