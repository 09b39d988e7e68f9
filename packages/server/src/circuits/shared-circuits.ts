// Circuits of several gateways: what one leaves alone the others ask last. Each asks the state once a second, so that no call waits for it.
import type { CircuitLink, CircuitPlace } from '@g4f/client/middleware';
import { OPERATIONS, redact } from '@g4f/core';
import { listIn } from '../json/list-in.ts';
import type { Rests, State } from '../state/state.ts';
import { within } from '../state/within.ts';

const EVERY_MS = 1000;
/** The gateway in which a circuit opened asks the provider first, and tells the others how it fared. */
const AFTER_MS = 2 * EVERY_MS;

interface HeardRest {
  readonly place: CircuitPlace;
  /** On the clock of `performance.now()`, in ms. */
  readonly until: number;
}

/** Of one gateway. Where the state is away it goes by what it knows, and by its own circuits. */
export class SharedCircuits implements CircuitLink {
  readonly #me = crypto.randomUUID();
  readonly #timeout: number;
  #state: { readonly name: string; readonly rests: Rests } | undefined;
  #asking: ReturnType<typeof setInterval> | undefined;
  #others = new Map<string, HeardRest>();
  /** What this gateway has said. */
  readonly #own = new Set<string>();

  /** @param timeout of one operation of the state, in ms */
  constructor(timeout: number) {
    this.#timeout = timeout;
  }

  /** Begins to hear and tell, where the state can. */
  follow({ name, rests }: State): void {
    if (rests === undefined) return;
    this.#state = { name, rests };
    this.#asking = setInterval(() => void this.#hear(), EVERY_MS);
    this.#asking.unref();
    void this.#hear();
  }

  end(): void {
    clearInterval(this.#asking);
    this.#state = undefined;
  }

  opened(place: CircuitPlace, ms: number): void {
    const name = nameOf(place);
    this.#own.add(name);
    void this.#ask((rests) => rests.say(this.#me, name, ms + AFTER_MS));
  }

  answered(place: CircuitPlace): void {
    if (this.#own.size === 0 && this.#others.size === 0) return;
    const name = nameOf(place);
    if (!this.#own.delete(name) && !this.#others.has(name)) return;
    this.#others.delete(name);
    void this.#ask((rests) => rests.end(name));
  }

  restsFor(place: CircuitPlace): number {
    if (this.#others.size === 0) return 0;
    return Math.max(0, (this.#others.get(nameOf(place))?.until ?? 0) - performance.now());
  }

  others(): readonly (CircuitPlace & { readonly ms: number })[] {
    return [...this.#others.values()].flatMap(({ place, until }) => {
      const ms = until - performance.now();
      return ms > 0 ? [{ ...place, ms }] : [];
    });
  }

  async #hear(): Promise<void> {
    const said = await this.#ask((rests) => rests.saidByOthers(this.#me));
    if (said === undefined) return;
    const now = performance.now();
    this.#others = new Map(
      [...said].flatMap(([name, ms]) => {
        const place = placeOf(name);
        return place === undefined ? [] : [[name, { place, until: now + ms }]];
      }),
    );
  }

  /** Undefined where the state is away: the calls are told, and say so. */
  async #ask<Result>(work: (rests: Rests) => Promise<Result>): Promise<Result | undefined> {
    if (this.#state === undefined) return undefined;
    const { name, rests } = this.#state;
    try {
      return await within(work(rests), this.#timeout, name);
    } catch {
      return undefined;
    }
  }
}

/** The same in all gateways; no secret of an address leaves the process. */
const nameOf = ({ provider, baseURL, operation }: CircuitPlace): string =>
  JSON.stringify([provider, baseURL === undefined ? null : redact(baseURL), operation ?? null]);

/** Undefined where it is no name that this version writes. */
function placeOf(name: string): CircuitPlace | undefined {
  const [provider, baseURL, operation, ...more] = listIn(name);
  if (typeof provider !== 'string' || more.length > 0) return undefined;
  if (baseURL !== null && typeof baseURL !== 'string') return undefined;
  const named = OPERATIONS.find((one) => one === operation);
  if (operation !== null && named === undefined) return undefined;
  return { provider, ...(baseURL !== null && { baseURL }), ...(named !== undefined && { operation: named }) };
}
