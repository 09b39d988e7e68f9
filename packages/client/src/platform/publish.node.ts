// What observers may subscribe to, over node:diagnostics_channel: logs, metrics and traces without a dependency.
// Source: https://nodejs.org/api/diagnostics_channel.html
import { channel } from 'node:diagnostics_channel';
import type { CallEvents } from '../surface/call-events.ts';

/** The name of an event, which is that of its channel. */
export type EventName = keyof CallEvents;

/** Tells observers. One that throws cannot harm the call: Node reports it as an uncaught exception of its own. */
export type Publish = <N extends EventName>(name: N, message: CallEvents[N]) => void;

const CHANNELS = {
  'g4f:request': channel('g4f:request'),
  'g4f:attempt': channel('g4f:attempt'),
  'g4f:first-content': channel('g4f:first-content'),
  'g4f:finish': channel('g4f:finish'),
} as const;

const ALL = Object.values(CHANNELS);

/** Publishes on the channel of that name. */
export const publish: Publish = (name, message) => CHANNELS[name].publish(message);

/** Whether anybody listens to any of them. */
export const isObserved = (): boolean => ALL.some(({ hasSubscribers }) => hasSubscribers);
