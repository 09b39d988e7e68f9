// What it takes to speak a wire as its services do: the pieces of an answer, and the bytes each of them becomes.

/** A call of a function, whole. */
export interface MockCall {
  readonly id: string;
  readonly name: string;
  /** JSON, as the model writes it. */
  readonly arguments: string;
}

/** What is called in the answers that call something. */
export const CALL: MockCall = { id: 'call_kit_1', name: 'get_weather', arguments: '{"city":"Paris"}' };
/** Token counts of every answer. */
export const COUNTS = { input: 7, output: 5 } as const;
/** The model that answers. */
export const ANSWERS_AS = 'kit-model-1';

/** The kinds of failure that a service reports inside a stream. */
export type MockFailure = 'overloaded' | 'rate-limit';

/** One streamed answer. Each method gives the next part of its body; blocks are opened and closed where the wire has them. */
export interface MockAnswer {
  /** What comes before the first content. */
  start(): string;
  text(piece: string): string;
  /** Absent where the protocol has no place for reasoning. */
  reasoning?(piece: string): string;
  /**
   * One call; `cut` leaves it in the middle of its arguments, where the protocol sends them in pieces: these, if any are
   * given.
   */
  call(call: MockCall, cut?: boolean, pieces?: readonly string[]): string;
  /** Why the answer ended, and its token counts. */
  finish(reason: 'stop' | 'tool'): string;
  /** The protocol's end mark; '' where it has none, or where it stands in the finish. */
  end(): string;
  /** A failure reported inside the stream. */
  failure(kind: MockFailure): string;
  /** Payloads with fields that are null, missing or unknown: they say nothing, and are sent after the start. */
  oddities(): string;
}

/** One protocol. */
export interface MockWire {
  readonly contentType: string;
  /** What one payload is: a server-sent event, or a line of JSON. */
  readonly framing: 'events' | 'lines';
  speak(): MockAnswer;
  /** The other form of a stream, where the protocol has two: Gemini's JSON list. */
  speakAsList?(): MockAnswer;
  /** An answer in one piece. */
  whole(text: string): string;
  /** A list with the model {@link ANSWERS_AS}. */
  readonly models: string;
}

/** Words of a failure inside a stream. */
export const FAILURE_WORDS: Readonly<Record<MockFailure, string>> = {
  overloaded: 'The service is overloaded.',
  'rate-limit': 'The rate limit is exceeded.',
};

/** A server-sent event. */
export const event = (payload: object, name?: string): string =>
  `${name === undefined ? '' : `event: ${name}\n`}data: ${JSON.stringify(payload)}\n\n`;

/** A server-sent event that carries its name in the payload as well. */
export const typed = (payload: { readonly type: string; readonly [field: string]: unknown }): string =>
  event(payload, payload.type);

/** Both halves of a call's arguments. */
export const halves = (text: string): readonly [string, string] => {
  const middle = Math.ceil(text.length / 2);
  return [text.slice(0, middle), text.slice(middle)];
};
