// In the place of publish.node.ts in browsers, which have no diagnostics channels.
import type { isObserved as isObservedOnNode, Publish } from '#platform/publish';

/** Tells nobody. */
export const publish: Publish = () => undefined;

/** Never. */
export const isObserved: typeof isObservedOnNode = () => false;
