// A response with the values in the place of their placeholders: pieces of texts as they come, and whatever holds them whole.
import type { ResponseBatch, ResponseStreamEvent } from '@g4f/core';
import { type Fields, isPlainObject } from '../options/plain-value.ts';
import { LAST_STATES } from '../streams/response-stream.ts';
import type { Placeholders } from './placeholders.ts';
import { asJSON, asText, RestoredText, type Write } from './restored-text.ts';

type DeltaEvent = Extract<ResponseStreamEvent, { readonly delta: string }>;

/** A text that comes in pieces, and the last of these. */
interface OpenText {
  readonly text: RestoredText;
  last: DeltaEvent;
}

/** Where an annotation counts, in the text beside it. */
const PLACES: ReadonlySet<string> = new Set(['start_index', 'end_index', 'index']);

/** Hears the events of one response in order. */
export class RestoredResponse {
  readonly #placeholders: Placeholders;
  readonly #open = new Map<string, OpenText>();
  #number = 0;
  /** By how much the numbers have grown: what was held back to the end of a text comes in an event of its own. */
  #added = 0;

  constructor(placeholders: Placeholders) {
    this.#placeholders = placeholders;
  }

  /** The events as their reader is to have them. */
  next(events: ResponseBatch): ResponseBatch {
    return events.flatMap((event) => {
      this.#number = event.sequence_number;
      const held = isDelta(event) ? [] : this.#heldBefore(event);
      const told = isDelta(event) ? this.#piece(event) : this.#whole(event);
      return [...held, this.#numbered(told)];
    });
  }

  /** What was held back, when nothing more comes. */
  rest(): ResponseBatch {
    this.#number += 1;
    return this.#allHeld();
  }

  #numbered(event: ResponseStreamEvent): ResponseStreamEvent {
    return { ...event, sequence_number: this.#number + this.#added };
  }

  #piece(event: DeltaEvent): ResponseStreamEvent {
    const key = keyOf(event, event.type);
    const write = event.type.endsWith('arguments.delta') ? asJSON : asText;
    const open = this.#open.get(key) ?? { text: new RestoredText(this.#placeholders, write), last: event };
    open.last = event;
    this.#open.set(key, open);
    return { ...event, delta: open.text.next(event.delta) };
  }

  /** The end of a text, or of all. */
  #heldBefore(event: ResponseStreamEvent): readonly ResponseStreamEvent[] {
    const { type } = event;
    if (LAST_STATES.has(type)) return this.#allHeld();
    return type.endsWith('.done')
      ? this.#held(this.#open.get(keyOf(event, type.replace(/done$/, 'delta'))))
      : [];
  }

  #allHeld(): readonly ResponseStreamEvent[] {
    return [...this.#open.values()].flatMap((open) => this.#held(open));
  }

  #held(open: OpenText | undefined): readonly ResponseStreamEvent[] {
    const delta = open?.text.rest() ?? '';
    if (open === undefined || delta === '') return [];
    const { last } = open;
    const event = this.#numbered({ ...last, delta, ...('logprobs' in last && { logprobs: [] }) });
    this.#added += 1;
    return [event];
  }

  /** An event that holds no piece. What a text rests on may be told while it comes. */
  #whole(event: ResponseStreamEvent): ResponseStreamEvent {
    const text = this.#open.get(keyOf(event, 'response.output_text.delta'))?.text;
    // Every field stays: an event stays one of its type.
    const told = this.#value(event) as ResponseStreamEvent;
    return 'annotation' in told && isPlainObject(told.annotation) && text !== undefined
      ? ({ ...told, annotation: moved(told.annotation, text) } as ResponseStreamEvent)
      : told;
  }

  #value(value: unknown, field = ''): unknown {
    if (typeof value === 'string') return this.#read(value, field === 'arguments' ? asJSON : asText).told;
    if (Array.isArray(value)) return value.map((item) => this.#value(item, field));
    if (!isPlainObject(value)) return value;
    const told: Fields = Object.fromEntries(
      Object.entries(value).map(([name, held]) => [name, this.#value(held, name)]),
    );
    if (typeof value.text !== 'string' || !Array.isArray(told.annotations)) return told;
    const { text } = this.#read(value.text, asText);
    return { ...told, annotations: told.annotations.map((one) => moved(one, text)) };
  }

  #read(whole: string, write: Write): { readonly text: RestoredText; readonly told: string } {
    const text = new RestoredText(this.#placeholders, write);
    return { text, told: text.next(whole) + text.rest() };
  }
}

const isDelta = (event: ResponseStreamEvent): event is DeltaEvent =>
  'delta' in event && typeof event.delta === 'string';

/** The text that an event is of, by the type of its pieces. */
const keyOf = (event: ResponseStreamEvent, type: string): string => {
  const { item_id, output_index, content_index, summary_index }: Fields = { ...event };
  return [type, item_id, output_index, content_index, summary_index].join(' ');
};

const moved = (annotation: unknown, text: RestoredText): unknown =>
  isPlainObject(annotation)
    ? Object.fromEntries(
        Object.entries(annotation).map(([name, place]) => [
          name,
          PLACES.has(name) && typeof place === 'number' ? text.placeOf(place) : place,
        ]),
      )
    : annotation;
