// How an event is framed in a stream of server-sent events. Source: https://html.spec.whatwg.org/multipage/server-sent-events.html

/** One event without a name. */
export const dataEvent = (payload: unknown): string => `data: ${JSON.stringify(payload)}\n\n`;

/** One event with a name. */
export const namedEvent = (name: string, payload: unknown): string =>
  `event: ${name}\ndata: ${JSON.stringify(payload)}\n\n`;

/** A comment, which every reader of such a stream passes over. */
export const COMMENT = ': keep-alive\n\n';

/** The media type. */
export const EVENT_STREAM = 'text/event-stream; charset=utf-8';
