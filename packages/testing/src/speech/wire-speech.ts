// How each wire says things: the smallest answers that a service of that protocol gives, as its documentation shows them.

/** What is called in the answers that call something. */
export const CALL = { id: 'call_kit_1', name: 'get_weather', arguments: '{"city":"Paris"}' } as const;
/** Token counts of every answer. */
export const COUNTS = { input: 7, output: 5 } as const;
/** The model that answers. */
export const ANSWERS_AS = 'kit-model-1';

/** One protocol, spoken. Each member is a piece of a body. */
export interface WireSpeech {
  readonly contentType: string;
  /** What comes before the first content. */
  readonly start: string;
  text(piece: string): string;
  /** Absent where the protocol has no place for reasoning. */
  reasoning?(piece: string): string;
  /** The call {@link CALL}, whole. */
  readonly call: string;
  /** Why the answer ended, with its token counts. */
  finish(reason: 'stop' | 'tool'): string;
  /** The protocol's end mark; '' where it has none, or where it stands in the finish. */
  readonly end: string;
  /** A failure reported inside the stream. */
  error(message: string): string;
  /** An answer in one piece. */
  whole(text: string): string;
  /** A list with the model `kit-model-1`. */
  readonly models: string;
}

/** One server-sent event. */
export const event = (payload: object, name?: string): string =>
  `${name === undefined ? '' : `event: ${name}\n`}data: ${JSON.stringify(payload)}\n\n`;
/** One event that repeats its name in its payload. */
export const typed = (payload: { readonly type: string; readonly [field: string]: unknown }): string =>
  event(payload, payload.type);
/** One line of JSON. */
export const line = (payload: object): string => `${JSON.stringify(payload)}\n`;
