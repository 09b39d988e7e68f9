// Nothing: the browser build has this file in the place of keyless-hint.node.ts, since no model runs in it.
import type { Operation } from '@g4f/core';

/** Nothing to add to what is missing. */
export const KEYLESS_HINTS: Readonly<Partial<Record<Operation, string>>> = {};
