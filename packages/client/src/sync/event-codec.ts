// What crosses from the worker upward: each event, value or error as a kind and a text.
/// <reference lib="es2024.string" />
import type { Fields, StreamEvent, TextDelta } from '@g4f/core';
import { FIRST_KIND_OF_BYTES } from './ring.ts';

/** The kinds of record. */
export const Kind = {
  /** A text-delta of the first answer with nothing beside it: the text alone. */
  Text: 1,
  /** The same of a reasoning-delta. */
  Reasoning: 2,
  /** A text-delta whose choice and extra are those of the text-delta that came last as {@link Kind.Event}. */
  SameText: 3,
  /** Any event, as JSON. */
  Event: 4,
  /** A part of an answer that is no chat, as JSON. */
  Part: 5,
  /** Who has been asked so far, as JSON of the attempts. */
  Route: 6,
  /** An event for observers, as JSON of its name and message. */
  Observed: 7,
  /** What the service that answers said before its answer, as JSON of Received. */
  Headers: 8,
  /** What a call that does not stream gives, as JSON. */
  Value: 9,
  /** Why the call failed, as JSON of ErrorData. */
  Error: 10,
  /** The stream is complete. */
  End: 11,
  /** Bytes that belong to the value or the part that follows; see `FIRST_KIND_OF_BYTES`. */
  Bytes: FIRST_KIND_OF_BYTES,
} as const;

/** Writes the events of one stream as records: `kind` and `text` of the event encoded last. */
export class EventEncoder {
  kind: number = Kind.Event;
  text = '';
  #template: TextDelta | undefined;

  /** @throws TypeError when an event holds what JSON cannot (a bigint, a cycle). */
  encode(event: StreamEvent): void {
    this.kind = this.#kindOf(event);
    if (this.kind !== Kind.Event && 'text' in event) {
      this.text = event.text;
      return;
    }
    if (event.type === 'text-delta') this.#template = event;
    this.text = JSON.stringify(event);
  }

  #kindOf(event: StreamEvent): number {
    if (event.type !== 'text-delta' && event.type !== 'reasoning-delta') return Kind.Event;
    // UTF-8 has no lone surrogates; JSON writes them as escapes.
    if (!event.text.isWellFormed()) return Kind.Event;
    if (event.extra === undefined && !event.choice) {
      return event.type === 'text-delta' ? Kind.Text : Kind.Reasoning;
    }
    const template = event.type === 'text-delta' ? this.#template : undefined;
    const same =
      template !== undefined && isSame(event.extra, template.extra) && event.choice === template.choice;
    return same ? Kind.SameText : Kind.Event;
  }
}

/** Equal extras most often are one object, or hold the same few values: a deeper look would cost what it saves. */
function isSame(one: TextDelta['extra'], other: TextDelta['extra']): boolean {
  if (one === other) return true;
  if (one === undefined || other === undefined) return false;
  return (
    haveSameValues(one.chunk, other.chunk) &&
    haveSameValues(one.choice, other.choice) &&
    haveSameValues(one.delta, other.delta)
  );
}

function haveSameValues(one: Fields | undefined, other: Fields | undefined): boolean {
  if (one === other) return true;
  if (one === undefined || other === undefined) return false;
  const names = Object.keys(one);
  return (
    names.length === Object.keys(other).length &&
    names.every((name) => name in other && Object.is(one[name], other[name]))
  );
}

/** Reads the records of one stream as events. */
export class EventDecoder {
  #template: TextDelta = { type: 'text-delta', text: '' };

  /** The event of a record of kind Text, Reasoning, SameText or Event. */
  decode(kind: number, text: string): StreamEvent {
    if (kind === Kind.Text) return { type: 'text-delta', text };
    if (kind === Kind.Reasoning) return { type: 'reasoning-delta', text };
    if (kind === Kind.SameText) return { ...this.#template, text };
    const event = JSON.parse(text) as StreamEvent;
    if (event.type === 'text-delta') this.#template = event;
    return event;
  }
}
