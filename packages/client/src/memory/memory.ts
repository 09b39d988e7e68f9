// All that one client remembers from call to call.
import { BoundedMap } from './bounded-map.ts';
import { type Conversations, createConversations } from './conversations.ts';
import { createHealth, type Health } from './health.ts';
import { createKeyRing, type KeyRing } from './key-ring.ts';

/** Of one client; nothing of it is written anywhere. */
export interface Memory {
  readonly health: Health;
  readonly keys: KeyRing;
  readonly conversations: Conversations;
  /** How often each model was asked for: whose turn it is in `round-robin`. */
  readonly turns: BoundedMap<number>;
}

/** An empty one. */
export const createMemory = (): Memory => ({
  health: createHealth(),
  keys: createKeyRing(),
  conversations: createConversations(),
  turns: new BoundedMap(),
});
