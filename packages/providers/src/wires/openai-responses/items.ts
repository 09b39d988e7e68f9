// The items of one response by their place in its output, whatever their events call them.
import type { StreamEvent } from '@g4f/core';
import { asIndex, asObject, asText, itemsOf, type Json } from '../decoding/json.ts';
import { textKey } from '../decoding/text-key.ts';
import type { Item } from './item.ts';

interface Known {
  readonly item: Item;
  /** Its place in the output, once an event names it. */
  place: number | undefined;
  /** What its events make of it: `message`, `reasoning`, `function_call`. */
  readonly type: unknown;
  /** The id of its call. */
  call: unknown;
  /** Whether the whole response has told of it. */
  isTold: boolean;
}

/** What an event says of the item it belongs to, each text as its key. */
export interface ItemReference {
  readonly place: number | undefined;
  readonly id: unknown;
  /** The id of its call. */
  readonly call?: unknown;
  readonly type: unknown;
  /** Whether the event begins an item. */
  readonly begins?: boolean;
}

/**
 * By the id of its call first: that names one call, wherever it stands. Then by place, because a proxy may give one item
 * several ids; and where it gives several items one place, by their types and the ids of their calls
 * (https://github.com/BerriAI/litellm/pull/36375), unless an open one ends there with another. An item whose pieces named no place is found by its id, or
 * else by its type: it is the one that an event with a place means, and not another which says the same once more.
 */
export class Items {
  readonly #create: () => Item;
  readonly #byPlace = new Map<number | undefined, Known>();
  readonly #byId = new Map<unknown, Known>();
  readonly #byCall = new Map<unknown, Known>();
  readonly #lastOfType = new Map<unknown, Known>();
  readonly #all: Known[] = [];

  /** @param create a new item. */
  constructor(create: () => Item) {
    this.#create = create;
  }

  get isEmpty(): boolean {
    return this.#all.length === 0;
  }

  get hasCall(): boolean {
    return this.#all.some(({ item }) => item.isCall);
  }

  /** Whether the arguments of a call are missing. */
  get hasCutCall(): boolean {
    return this.#all.some(({ item }) => item.isCutCall);
  }

  /** Adds what was held back until nothing more can come. */
  end(events: StreamEvent[]): void {
    for (const { item } of this.#all) item.end(events);
  }

  /** The item that is meant, made if there is none yet. */
  at(reference: ItemReference): Item {
    const known = this.#find(reference) ?? this.#begin(reference.type);
    if (reference.place !== undefined) {
      known.place ??= reference.place;
      this.#byPlace.set(reference.place, known);
    }
    if (reference.id !== undefined) this.#byId.set(reference.id, known);
    this.#setCall(reference, known);
    return known.item;
  }

  /**
   * The item that stands in the output of the whole response: the one with its id, or at its place, or the next of its type,
   * because events may count otherwise; made only where no item is left that it could be.
   */
  last(reference: ItemReference): Item {
    const { place, id, type } = reference;
    const placed = this.#byPlace.get(place);
    const known =
      this.#byCall.get(reference.call) ??
      (id === undefined ? undefined : this.#untold(this.#byId.get(id))) ??
      this.#untold(placed?.type === type ? placed : undefined) ??
      this.#all.find((one) => !one.isTold && one.type === type) ??
      this.#begin(type);
    known.isTold = true;
    this.#setCall(reference, known);
    return known.item;
  }

  #untold(known: Known | undefined): Known | undefined {
    return known?.isTold === false ? known : undefined;
  }

  #setCall({ call }: ItemReference, known: Known): void {
    if (call === undefined) return;
    known.call ??= call;
    this.#byCall.set(call, known);
  }

  #find(reference: ItemReference): Known | undefined {
    const { place, id, type, call } = reference;
    const byCall = this.#byCall.get(call);
    if (byCall !== undefined) return byCall;
    const byId = id === undefined ? undefined : this.#byId.get(id);
    if (place === undefined && id !== undefined) return byId;
    if (place === undefined) return this.#lastOfType.get(type);
    if (byId?.place === place) return byId;
    const placed = this.#byPlace.get(place);
    if (placed !== undefined) return this.#atPlace(placed, reference);
    if (byId !== undefined && byId.place === undefined) return byId;
    return this.#all.find((one) => one.place === undefined && one.type === type);
  }

  /** The one that spoke there last, or one that did before, if it can be the one that is meant. */
  #atPlace(placed: Known, { place, type, call, begins }: ItemReference): Known | undefined {
    const isNext = begins === true || placed.item.isClosed;
    if (isNext && call !== undefined && placed.call !== undefined) return undefined;
    if ((placed.type ?? type) === type) return placed;
    return this.#all.findLast((one) => one.place === place && one.type === type);
  }

  #begin(type: unknown): Known {
    const known = { item: this.#create(), place: undefined, type, call: undefined, isTold: false };
    this.#all.push(known);
    this.#lastOfType.set(type, known);
    return known;
  }
}

/** The item that an event is of. */
export function referenceOf(event: Json, type: unknown, begins: boolean): ItemReference {
  const item = asObject(event.item);
  return {
    place: asIndex(event.output_index),
    id: textKey(asText(event.item_id) ?? asText(item?.id)),
    call: textKey(asText(item?.call_id)),
    type: textKey(type),
    begins,
  };
}

/** The item that a whole one is, at its place in the output. */
export const referenceTo = (item: Json, place: number): ItemReference => ({
  place,
  id: textKey(item.id ?? undefined),
  call: textKey(asText(item.call_id)),
  type: textKey(item.type),
});

/** Whether the body is a response: it has a list of items, or one, or the text of all. */
export const hasOutput = ({ output, output_text }: Json): boolean =>
  Array.isArray(output) || asObject(output)?.type !== undefined || asText(output_text) !== undefined;

/** A text alone stands for a message. `output_text` is all texts together, where a service writes that and no output. */
export function outputOf({ output, output_text }: Json): readonly Json[] {
  const items = itemsOf(output);
  if (items.length === 0 && asText(output_text) !== undefined)
    return [{ type: 'message', content: output_text }];
  return items.map((item) => asObject(item) ?? { type: 'message', content: item });
}

/** Where a piece of text was said. */
export interface PlacedText {
  readonly item: Item;
  readonly at: number | undefined;
}
