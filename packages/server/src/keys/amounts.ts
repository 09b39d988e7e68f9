// Amounts as people write them, and as they are counted: whole tokens, requests, and billionths of a dollar.
import type { Unit } from '../state/state.ts';

const BILLION = 1e9;

/** Whole units. Rounded, so that sums of cents are sums of cents. */
export const toWhole = (unit: Unit, amount: number): number =>
  Math.round(unit === 'dollars' ? amount * BILLION : amount);

/** Tokens, requests or dollars. */
export const fromWhole = (unit: Unit, whole: number): number =>
  unit === 'dollars' ? whole / BILLION : whole;
