// In the place of events.ts in browsers, which have no diagnostics channels.
import type { isObserved as isObservedOnNode, Publish } from './events.ts';

/** Tells nobody. */
export const publish: Publish = () => undefined;

/** Never. */
export const isObserved: typeof isObservedOnNode = () => false;
