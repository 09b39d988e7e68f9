// What a Gemini answer rests on: pages and documents, the places in the text that each supports, and the metadata itself.
// Source: https://ai.google.dev/api/generate-content#GroundingMetadata
import type { Source, StreamEvent } from '@g4f/core';
import { asIndex, asList, asNumber, asObject, asText, type Json, otherFields } from '../decoding/json.ts';
import { textKey } from '../decoding/text-key.ts';
import { Utf8Places } from '../decoding/utf8-places.ts';

const NOTHING: ReadonlySet<string> = new Set();
/** So many characters of pages are told once more, each time for another place: a place is far shorter than an address may be. */
const MOST_AGAIN = 1_000_000;

interface TextPlace {
  readonly start: number;
  readonly end: number;
}

/**
 * For one candidate. A document of file search has a title and a text and often no address. A page is told once for every
 * place that it supports, up to a limit, and once without where none is named. The metadata goes along whole as well.
 */
export class Grounding {
  readonly #at: { readonly choice: number } | undefined;
  readonly #text = new Utf8Places();
  /** Of each page or document that was told: its places. */
  readonly #told = new Map<string, Set<string>>();
  #metadata = '';
  /** How many characters were told once more. */
  #again = 0;

  constructor(at: { readonly choice: number } | undefined) {
    this.#at = at;
  }

  /** Takes a piece of the visible text, in which places are counted. */
  hear(text: string): void {
    this.#text.add(text);
  }

  read(grounding: Json, events: StreamEvent[]): void {
    if (otherFields(grounding, NOTHING) === undefined) return;
    const now = JSON.stringify(grounding);
    if (now === this.#metadata) return;
    this.#metadata = now;
    const places = this.#placesOf(asList(grounding.groundingSupports));
    for (const [index, chunk] of asList(grounding.groundingChunks).entries())
      this.#tell(sourceOf(asObject(chunk)), places.get(index) ?? [], events);
    events.push({ type: 'aside', extra: { choice: { groundingMetadata: grounding } }, ...this.#at });
  }

  #tell(source: SourceFields | undefined, places: readonly TextPlace[], events: StreamEvent[]): void {
    if (source === undefined) return;
    // A page is known by its address; of a document, each part that the answer rests on is told.
    const name = JSON.stringify(source);
    const key = textKey(source.url ?? name);
    const known = this.#told.get(key);
    const told = known ?? new Set();
    if (known === undefined) this.#told.set(key, told);
    if (known === undefined && places.length === 0) events.push({ type: 'source', ...source, ...this.#at });
    for (const place of places) {
      if (told.size > 0 && this.#again + name.length > MOST_AGAIN) return;
      if (!isNew(told, `${place.start}-${place.end}`)) continue;
      if (told.size > 1) this.#again += name.length;
      events.push({ type: 'source', ...source, ...place, ...this.#at });
    }
  }

  /** The places that each chunk supports, by the chunk's index. */
  #placesOf(supports: readonly unknown[]): ReadonlyMap<number, readonly TextPlace[]> {
    const places = new Map<number, TextPlace[]>();
    for (const value of supports) {
      const support = asObject(value);
      const place = this.#placeOf(asObject(support?.segment) ?? {});
      if (place === undefined) continue;
      for (const chunk of new Set(asList(support?.groundingChunkIndices).map(asIndex))) {
        if (chunk === undefined) continue;
        const known = places.get(chunk);
        if (known === undefined) places.set(chunk, [place]);
        else known.push(place);
      }
    }
    return places;
  }

  /**
   * A segment counts bytes in its own part, which is not the whole text where the answer has several: what it says stands
   * there tells whether it is. Rather no place than a wrong one.
   */
  #placeOf({ startIndex, endIndex, partIndex, text }: Json): TextPlace | undefined {
    const end = asNumber(endIndex);
    const found = end === undefined ? undefined : this.#text.find(asNumber(startIndex) ?? 0, end);
    if (found === undefined || (typeof text === 'string' ? text !== found.text : Boolean(partIndex)))
      return undefined;
    return { start: found.start, end: found.end };
  }
}

type SourceFields = Pick<Source, 'url' | 'title' | 'text'>;

function sourceOf(chunk: Json | undefined): SourceFields | undefined {
  const page = asObject(chunk?.web) ?? asObject(chunk?.retrievedContext) ?? asObject(chunk?.maps);
  const url = asText(page?.uri);
  const title = asText(page?.title) ?? asText(page?.documentName);
  const text = url === undefined ? asText(page?.text) : undefined;
  if ((url ?? title ?? text) === undefined) return undefined;
  return {
    ...(url !== undefined && { url }),
    ...(title !== undefined && { title }),
    ...(text !== undefined && { text }),
  };
}

/** Whether the name was not there; now it is. */
function isNew(told: Set<string>, name: string): boolean {
  const { size } = told;
  told.add(name);
  return told.size > size;
}
