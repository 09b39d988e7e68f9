// In which order the candidates of a call are asked: those that have the very model and can do what is asked, then those
// that are well, then who knows the conversation, then the caller's policy.
import type { Price } from '@g4f/core';
import { isPromise } from '@g4f/core/internal';
import { placeOf } from '../attempt/attempt.ts';
import type { CallContext } from '../attempt/call-context.ts';
import { nameOf } from '../memory/health.ts';
import type { Candidate } from '../routing/candidate.ts';
import { concernModel, withLacks } from '../routing/feature-needs.ts';
import type { Routing, RoutingPolicy } from '../surface/options.ts';

type Candidates = readonly Candidate[];
type Arrange = (
  candidates: Candidates,
  call: CallContext,
  routing: Required<Routing>,
) => Candidates | Promise<Candidates>;

/**
 * The candidates in the order in which they are asked. Those that should be left alone come last: they are asked only
 * if nobody else answers, because a wrong guess must not refuse what could be had.
 */
export const orderCandidates = (
  candidates: Candidates,
  call: CallContext,
  routing: Required<Routing>,
): Candidates | Promise<Candidates> => {
  const weighed = withFeatureGaps(candidates, call);
  if (isPromise(weighed))
    return weighed.then((known) => (known.length < 2 ? known : arranged(known, call, routing)));
  return weighed.length < 2 ? weighed : arranged(weighed, call, routing);
};

/** The candidates, each knowing what it lacks of what this request needs. Most requests need nothing besides text. */
const withFeatureGaps = (
  candidates: Candidates,
  { request }: Pick<CallContext, 'request'>,
): Candidates | Promise<Candidates> => {
  const needs = request.needs();
  if (needs.length === 0) return candidates;
  if (!concernModel(needs)) return withLacks(candidates, needs, undefined);
  return import('@g4f/providers/models').then(({ families, findFamily }) => {
    const family = families.get(findFamily(request.model)?.family ?? '');
    return withLacks(candidates, needs, family === undefined ? undefined : (family.input ?? ['text']));
  });
};

async function arranged(
  candidates: Candidates,
  call: CallContext,
  routing: Required<Routing>,
): Promise<Candidates> {
  const byPolicy = await POLICIES[routing.policy](candidates, call, routing);
  const known = routing.sticky ? call.memory.conversations.backendOf(call.request) : undefined;
  const first = known === undefined ? byPolicy : toFront(byPolicy, (one) => nameOf(placeOf(one)) === known);
  const suited = toFront(first, (one) => call.request.suits?.(one) !== false);
  const able = toFront(suited, ({ lacks }) => lacks !== true);
  // Who is not well comes last, also before those that lack something: each call would wait for its deadlines.
  const well = toFront(able, (one) => !isResting(one, call));
  return toFront(well, ({ insteadOf }) => insteadOf === undefined);
}

/** Whether it should be left alone now: its provider rests, or all of its keys do. */
export const isResting = (candidate: Candidate, { memory }: CallContext): boolean => {
  const place = placeOf(candidate);
  return memory.health.isResting(place) || memory.keys.isResting(place, candidate.keys);
};

/** Those of whom it is true first, and otherwise as they stood. */
const toFront = (candidates: Candidates, isFirst: (candidate: Candidate) => boolean): Candidates => {
  const first = candidates.filter(isFirst);
  return [...first, ...candidates.filter((candidate) => !first.includes(candidate))];
};

/** In ascending order of a number; equal ones stay as they stood. */
const by = (candidates: Candidates, numberOf: (candidate: Candidate) => number): Candidates =>
  candidates
    .map((candidate) => ({ candidate, number: numberOf(candidate) }))
    .sort((a, b) => (a.number === b.number ? 0 : a.number - b.number))
    .map(({ candidate }) => candidate);

const POLICIES: Readonly<Record<RoutingPolicy, Arrange>> = {
  order: (candidates) => candidates,

  'round-robin'(candidates, { request, memory }) {
    const turn = memory.turns.get(request.model) ?? 0;
    memory.turns.set(request.model, turn + 1);
    const first = turn % candidates.length;
    return [...candidates.slice(first), ...candidates.slice(0, first)];
  },

  // Random keys whose order is a weighted draw without putting back: https://doi.org/10.1016/j.ipl.2005.11.003
  weighted: (candidates, _, routing) =>
    by(candidates, ({ backend }) => {
      const weight = routing.weights[backend.id] ?? 1;
      return weight === 0 ? Number.POSITIVE_INFINITY : -Math.log(1 - Math.random()) / weight;
    }),

  // Two random choices: the best one alone would be rushed by every client that sees it.
  'lowest-latency'(candidates, { memory }) {
    const shuffled = by(candidates, Math.random);
    const pair = by(shuffled.slice(0, 2), (candidate) => memory.health.load(placeOf(candidate)));
    return [...pair, ...shuffled.slice(2)];
  },

  async cheapest(candidates, call, { prices }) {
    const { families } = await import('@g4f/providers/models');
    const family = families.get(call.request.model);
    return by(candidates, ({ backend }) => {
      const given = Object.hasOwn(prices, backend.id) ? prices[backend.id] : undefined;
      if (given !== undefined) return blended(given);
      if (backend.key === 'none') return 0;
      // What is known of a family is its maker's price.
      return family?.price !== undefined && family.home === backend.id
        ? blended(family.price)
        : Number.POSITIVE_INFINITY;
    });
  },
};

/** Of a token among three read and one written, as comparisons of prices commonly count. */
const blended = ({ input, output }: Price): number => (3 * input + output) / 4;
