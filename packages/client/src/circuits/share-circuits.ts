// Puts what other processes know of providers around what this client has learnt.
import type { G4FError } from '@g4f/core';
import { type Health, nameOf, type ProviderPlace, type Watch } from '../memory/health.ts';
import type { CircuitLink } from '../surface/middleware.ts';
import type { BackendHealth } from '../surface/reports.ts';

type Other = ReturnType<CircuitLink['others']>[number];

/** From now on this health hears and tells. */
export const shareCircuits = (health: Health, link: CircuitLink): void => {
  const { begin, isResting, report } = health;
  const shared: Partial<Health> = {
    begin: (place) => new SharedWatch(begin(place), place, report, link),
    isResting: (place) => isResting(place) || link.restsFor(place) > 0,
    report: () => withOthers(report(), link),
  };
  Object.assign(health, shared);
};

/** Tells of a place what its watch is told. */
class SharedWatch implements Watch {
  readonly #watch: Watch;
  readonly #place: ProviderPlace;
  readonly #report: Health['report'];
  readonly #link: CircuitLink;

  constructor(watch: Watch, place: ProviderPlace, report: Health['report'], link: CircuitLink) {
    this.#watch = watch;
    this.#place = place;
    this.#report = report;
    this.#link = link;
  }

  sent(): void {
    this.#watch.sent();
  }

  spoke(ms: number): void {
    this.#watch.spoke(ms);
    this.#link.answered(this.#place);
  }

  ended(): void {
    this.#watch.ended();
  }

  failed(error: G4FError): void {
    this.#watch.failed(error);
    const name = nameOf(this.#place);
    const retryAt = this.#report().find((known) => nameOf(placeOf(known)) === name)?.retryAt;
    if (retryAt !== undefined) this.#link.opened(this.#place, Date.parse(retryAt) - Date.now());
  }

  left(): void {
    this.#watch.left();
  }
}

const placeOf = ({ provider, baseURL, operation }: BackendHealth): ProviderPlace => ({
  provider,
  baseURL,
  operation,
});

/** What is open elsewhere is open here, too, whether or not it was ever asked here. */
function withOthers(own: readonly BackendHealth[], link: CircuitLink): readonly BackendHealth[] {
  const others = new Map(link.others().map((other) => [nameOf({ baseURL: undefined, ...other }), other]));
  const known = own.map((one): BackendHealth => {
    const name = nameOf(placeOf(one));
    const other = others.get(name);
    others.delete(name);
    return other === undefined || one.state === 'open' ? one : { ...one, ...openFor(other.ms) };
  });
  return [...known, ...[...others.values()].map(onlyElsewhere)];
}

const onlyElsewhere = ({ provider, baseURL, operation, ms }: Other): BackendHealth => ({
  provider,
  ...(baseURL !== undefined && { baseURL }),
  ...(operation !== undefined && { operation }),
  ...openFor(ms),
  requests: 0,
  failures: 0,
});

/** A day at most: what others say may be no time that a date can tell. */
const LONGEST_MS = 86_400_000;

const openFor = (ms: number): Pick<BackendHealth, 'state' | 'retryAt'> => ({
  state: 'open',
  retryAt: new Date(Date.now() + Math.min(LONGEST_MS, ms || 0)).toISOString(),
});
