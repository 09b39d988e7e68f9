// What a wire must know for its answers to be read: how payloads become events, and when an answer is complete.
import type { StreamEvent, TextDelta } from '@g4f/core';
import type { Framing } from './frames.ts';
import type { TextSlot } from './repeated-text.ts';

/** A decoder of one answer. Its methods add to `events`, so that what was read before a failure is never lost. */
export interface WireDecoder {
  /** What is expected, for the error when something else comes: "a chat completion". */
  readonly expected: string;
  /**
   * Where a payload that carries a piece of text carries it: such payloads repeat each other in all else. Where one of
   * them becomes a single event of that text, another with other text (without `<` and backticks) must become the same.
   */
  textIn?(json: unknown): TextSlot | undefined;
  /** Such payloads were read without `payload`: what became of the last, and the length of the texts of all. */
  repeated?(last: TextDelta, length: number): void;
  /** How a stream may be cut into payloads besides server-sent events. */
  readonly framing?: Framing;
  /** The event whose data is text as it stands, where all others are JSON. */
  readonly textEvent?: string;
  /**
   * Adds the events of one streamed payload; keeps nothing of `json` that could change.
   * @param text what `json` was parsed from, for numbers that parsing rounds.
   * @returns whether it was the wire's own end event. @throws G4FError what the service reports.
   */
  payload(json: unknown, event: string, events: StreamEvent[], text?: string): boolean;
  /** Adds the events of a body that is one JSON value; false if it is no answer. @throws G4FError */
  whole(json: unknown, events: StreamEvent[], text?: string): boolean;
  /** Whether this payload is the wire's own end mark, which is no JSON. */
  isEnd?(data: string): boolean;
  /** Whether every answer that was asked for has its finish reason. */
  finished(): boolean;
  /** Whether text has come that is held back, because it may become a tag: it counts as said. */
  holds?(): boolean;
  /** For how long what may still follow is awaited once it has finished, in ms; 2 s where the wire does not say. */
  patienceMs?(): number | undefined;
  /** Adds what was held back until the good end: the token counts, finishes that the service left out. @throws G4FError */
  close(events: StreamEvent[]): void;
  /** Adds what was held back when the end is a bad one: text that might have become a tag. Nothing else is made up. */
  abandon(events: StreamEvent[]): void;
}
