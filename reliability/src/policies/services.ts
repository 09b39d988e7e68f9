// The services of the simulation: modelled, not measured. Each has its latency, which grows with what it has to do, a limit of requests
// a minute, refusals now and then, silences, and, where it is said, an hour in which it is down or slow.
import { G4FError, type Provider } from '@g4f/core';
import { createRandom } from '../soak/random.ts';
import { lognormal } from './distributions.ts';
import type { Arrival } from './trace.ts';

/** From and to, in parts of the whole time. */
type Span = readonly [from: number, to: number];

/** What a service is like. */
export interface ServiceFacts {
  readonly id: string;
  /** To the first content, in ms, when nobody else asks; lognormal with `sigma`. */
  readonly median: number;
  readonly sigma: number;
  /** With so many requests under way the first content takes twice as long. */
  readonly capacity: number;
  readonly perMinute: number;
  /** The part that is refused with 503. */
  readonly refused: number;
  /** The part that is taken, and never answered. */
  readonly silent: number;
  readonly down?: Span;
  readonly slow?: { readonly span: Span; readonly times: number };
}

/** The services in the order in which they are configured. */
const SERVICES: readonly ServiceFacts[] = [
  {
    ...{ id: 'first', median: 400, sigma: 0.6, capacity: 60, perMinute: 600, refused: 0.005, silent: 0.001 },
    down: [0.3, 0.36],
  },
  {
    ...{ id: 'second', median: 600, sigma: 0.5, capacity: 60, perMinute: 500, refused: 0.01, silent: 0.001 },
    slow: { span: [0.6, 0.7], times: 8 },
  },
  { id: 'third', median: 900, sigma: 0.7, capacity: 120, perMinute: 900, refused: 0.01, silent: 0.002 },
];

/** Between two tokens, in ms. */
const TOKEN_MS = 12;
/** What the first content takes where the beginning of the conversation is cached, and for how long it is. */
const CACHED = { part: 0.4, ms: 300_000 };
const REFUSAL_MS = 150;

/** What the services were asked in one run. */
export interface Asked {
  readonly requests: Record<string, number>;
}

/**
 * Providers as the client takes them. What becomes of a request at a service is drawn from the seed, the request and the service, so
 * that every policy meets the same luck.
 * @param lastsMs how long the trace is.
 */
export const makeServices = (
  trace: readonly Arrival[],
  seed: number,
  lastsMs: number,
  asked: Asked,
): readonly Provider[] =>
  SERVICES.map((facts, at) => serviceOf(facts, { trace, seed: seed + at, lastsMs, asked }));

interface World {
  readonly trace: readonly Arrival[];
  readonly seed: number;
  readonly lastsMs: number;
  readonly asked: Asked;
}

function serviceOf(facts: ServiceFacts, { trace, seed, lastsMs, asked }: World): Provider {
  const { id } = facts;
  const bucket = tokenBucket(facts.perMinute);
  const cached = new Map<number, number>();
  /** How often each request came: a second try has luck of its own. */
  const tries = new Map<number, number>();
  let underWay = 0;
  const isIn = ([from, to]: Span): boolean =>
    performance.now() >= from * lastsMs && performance.now() < to * lastsMs;
  const firstContentMs = ({ conversation, turn }: Arrival, random: () => number): number => {
    const isCached = turn > 0 && (cached.get(conversation) ?? 0) > performance.now();
    const slow = facts.slow !== undefined && isIn(facts.slow.span) ? facts.slow.times : 1;
    const crowd = 1 + (underWay / facts.capacity) ** 2;
    return lognormal(facts.median, facts.sigma, random) * crowd * slow * (isCached ? CACHED.part : 1);
  };
  return {
    id,
    name: id,
    website: 'https://example.com',
    key: 'none',
    models: { model: 'model' },
    async *chat({ messages }, { signal }) {
      const place = Number(String(messages.at(-1)?.content));
      const arrival = trace[place];
      if (arrival === undefined)
        throw new G4FError(`${id}: no request ${place}`, { code: 'server', provider: id });
      asked.requests[id] = (asked.requests[id] ?? 0) + 1;
      const tried = tries.get(place) ?? 0;
      tries.set(place, tried + 1);
      const random = createRandom((seed + 10 * tried) * 1_000_003 + place);
      underWay += 1;
      try {
        if (facts.down !== undefined && isIn(facts.down)) {
          await wait(REFUSAL_MS, signal);
          throw new G4FError(`${id}: no connection`, { code: 'network', provider: id });
        }
        const retryAfterMs = bucket();
        if (retryAfterMs > 0) {
          await wait(REFUSAL_MS, signal);
          throw new G4FError(`${id}: too many`, {
            code: 'rate-limit',
            status: 429,
            provider: id,
            retryAfterMs,
          });
        }
        const luck = random();
        if (luck < facts.refused) {
          await wait(REFUSAL_MS, signal);
          throw new G4FError(`${id}: unavailable`, { code: 'server', status: 503, provider: id });
        }
        const isSilent = luck < facts.refused + facts.silent;
        await wait(isSilent ? Number.POSITIVE_INFINITY : firstContentMs(arrival, random), signal);
        yield [
          { type: 'answer-start', id: `answer-${place}`, model: 'model', created: 0 },
          { type: 'text-delta', text: 'a' },
        ];
        cached.set(arrival.conversation, performance.now() + CACHED.ms);
        await wait(arrival.tokens * TOKEN_MS, signal);
        yield [{ type: 'finish', reason: 'stop' }];
      } finally {
        underWay -= 1;
      }
    },
  };
}

/** Takes one request; how many ms are to be waited where there is none. A burst of ten seconds is let through. */
function tokenBucket(perMinute: number): () => number {
  const most = perMinute / 6;
  let [left, at] = [most, performance.now()];
  return () => {
    const now = performance.now();
    left = Math.min(most, left + ((now - at) / 60_000) * perMinute);
    at = now;
    if (left < 1) return ((1 - left) / perMinute) * 60_000;
    left -= 1;
    return 0;
  };
}

const wait = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason);
    const leave = (): void => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = ms === Number.POSITIVE_INFINITY ? undefined : setTimeout(arrive, ms);
    function arrive(): void {
      signal.removeEventListener('abort', leave);
      resolve();
    }
    signal.addEventListener('abort', leave, { once: true });
  });
