// A call that has no parameters and no stream.

/** What of a request is the same for all of these. */
export const NO_PARAMS = { stream: false, params: undefined, observed: false, signal: undefined } as const;
