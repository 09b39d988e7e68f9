// What console.log shows of a stream on Node: who answers, and how far it is. Source: https://nodejs.org/api/util.html#utilinspectcustom
import { redact } from '@g4f/core';
import type { RouteAttempt } from '../surface/received.ts';

/** The name of the method that console.log calls. */
export const INSPECT = Symbol.for('nodejs.util.inspect.custom');

/** What it is given. */
export type Inspecting = readonly [
  depth: number,
  options: object,
  inspect: (value: unknown, options?: object) => string,
];

/** `AsyncChunkStream { state: 'being read', provider: 'groq', model: 'openai/gpt-oss-20b', failed: [ 'openai' ] }` */
export const inspectStream = (
  name: string,
  state: string,
  route: readonly RouteAttempt[],
  [, options, inspect]: Inspecting,
): string => {
  const last = route.at(-1);
  const asked = last === undefined ? {} : { provider: last.provider, model: redact(last.model) };
  const failed = route.filter(({ code }) => code !== undefined).map(({ provider }) => provider);
  return `${name} ${inspect({ state, ...asked, ...(failed.length > 0 && { failed }) }, options)}`;
};
