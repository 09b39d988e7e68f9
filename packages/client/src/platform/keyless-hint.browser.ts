// Nothing: the browser build has this file in the place of keyless-hint.node.ts, since no model runs in it.
/** Nothing to add to what is missing. */
export const KEYLESS_HINT = '';
