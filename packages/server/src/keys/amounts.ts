// Amounts as people write them, and as they are counted: whole tokens, requests, and billionths of a dollar.
import type { Unit } from '../state/state.ts';

const BILLION = 1e9;

/** Whole units. Rounded, so that sums of cents are sums of cents. */
export const toWhole = (unit: Unit, amount: number): number =>
  Math.round(unit === 'dollars' ? amount * BILLION : amount);

/** Tokens, requests or dollars. */
export const fromWhole = (unit: Unit, whole: number): number =>
  unit === 'dollars' ? whole / BILLION : whole;

/** Whole units of what a service says was used, be it what it may: from 0 to `most`. */
export const toCounted = (unit: Unit, amount: number, most: number): number =>
  toWhole(unit, Math.min(Math.max(amount || 0, 0), most));
