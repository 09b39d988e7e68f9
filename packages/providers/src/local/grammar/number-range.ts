// Numbers between two limits, as a grammar: a grammar knows no sizes, only which digit may follow which.
import { anyOf, literal, MOST_DIGITS } from './gbnf.ts';

/** Whole-numbered limits; `Infinity` for none. */
export interface Limits {
  readonly least: number;
  readonly most: number;
  /** Whether the limit itself is outside. */
  readonly aboveLeast: boolean;
  readonly belowMost: boolean;
}

const LARGEST = 10 ** MOST_DIGITS - 1;

/** Matches numbers within the limits, with a fraction if `fraction`; undefined if there is none. */
export const numberBetween = (limits: Limits, fraction: boolean): string | undefined => {
  const { least, most, aboveLeast, belowMost } = limits;
  const above = fraction || !aboveLeast ? least : least + 1;
  const below = fraction || !belowMost ? most : most - 1;
  const open = { low: fraction && aboveLeast, high: fraction && belowMost };
  const alternatives: string[] = [];
  if (above < 0) {
    // Below zero the limits change places. Up to zero, zero itself is left to the numbers without a sign.
    const magnitude = { low: Math.max(0, -below), high: -above };
    const edges = { openLow: below >= 0 || open.high, openHigh: open.low };
    const digits = unsigned(magnitude.low, magnitude.high, edges, fraction);
    if (digits !== undefined) alternatives.push(`"-" ${digits}`);
  }
  if (below >= 0) {
    const edges = { openLow: above >= 0 && open.low, openHigh: open.high };
    const digits = unsigned(Math.max(0, above), below, edges, fraction);
    if (digits !== undefined) alternatives.push(digits);
  }
  return alternatives.length === 0 ? undefined : anyOf(alternatives);
};

interface Edges {
  readonly openLow: boolean;
  readonly openHigh: boolean;
}

/** Matches numbers from `low` to `high`, neither below zero. */
function unsigned(low: number, high: number, edges: Edges, fraction: boolean): string | undefined {
  const top = Math.min(high, LARGEST);
  const from = edges.openLow && !fraction ? low + 1 : low;
  if (from > top) return undefined;
  if (!fraction) return whole(from, top);
  if (low === top && (edges.openLow || edges.openHigh)) return undefined;
  const alternatives: string[] = [];
  if (edges.openLow) {
    if (low < top) alternatives.push(`${literal(String(low))} "." [0-9]{0,${MOST_DIGITS - 1}} [1-9]`);
    if (low + 1 <= top - 1) alternatives.push(`${whole(low + 1, top - 1)} fraction?`);
  } else if (low <= top - 1) {
    alternatives.push(`${whole(low, top - 1)} fraction?`);
  }
  if (!edges.openHigh) alternatives.push(literal(String(top)));
  return anyOf(alternatives);
}

/** Matches whole numbers from `low` to `high`, neither below zero, without leading zeros. */
function whole(low: number, high: number): string {
  const alternatives: string[] = [];
  for (let digits = String(low).length; digits <= String(high).length; digits++) {
    const first = Math.max(low, digits === 1 ? 0 : 10 ** (digits - 1));
    const last = Math.min(high, 10 ** digits - 1);
    alternatives.push(sameLength(String(first), String(last)));
  }
  return anyOf(alternatives);
}

const digit = (from: number, to: number): string => (from === to ? literal(String(from)) : `[${from}-${to}]`);

/** Matches the digits from `low` to `high`, which are equally many. */
function sameLength(low: string, high: string): string {
  const rest = low.length - 1;
  const [from, to] = [Number(low[0]), Number(high[0])];
  if (rest === 0) return digit(from, to);
  if (/^.0*$/.test(low) && /^.9*$/.test(high)) return `${digit(from, to)} [0-9]{${rest}}`;
  if (from === to) return `${digit(from, to)} ${sameLength(low.slice(1), high.slice(1))}`;
  const alternatives = [`${digit(from, from)} ${sameLength(low.slice(1), '9'.repeat(rest))}`];
  if (from + 1 <= to - 1) alternatives.push(`${digit(from + 1, to - 1)} [0-9]{${rest}}`);
  alternatives.push(`${digit(to, to)} ${sameLength('0'.repeat(rest), high.slice(1))}`);
  return anyOf(alternatives);
}
