// The forms of what a service answers.
import type { DocumentedAnswer } from './documented-service.ts';

/** JSON. */
export const json = (value: unknown): DocumentedAnswer => ({
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(value),
});
/** Server-sent events. @param end what follows them. */
export const events = (values: readonly object[], end = ''): DocumentedAnswer => ({
  headers: { 'content-type': 'text/event-stream' },
  body: values.map((value) => `data: ${JSON.stringify(value)}\n\n`).join('') + end,
});
