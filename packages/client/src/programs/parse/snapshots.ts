// The chunks of an answer of a form, each with what can be read of the answer by now.
import type { ChatCompletionChunk, ResponseStreamEvent } from '@g4f/core';
import type { ParsedChunk } from '../../surface/programs.ts';
import type { ParsedResponseEvent } from '../../surface/responses.ts';
import { type PartialJson, partialJson } from './partial-json.ts';

/** For the chunks of one program. */
export const snapshots = (): ((chunk: ChatCompletionChunk) => ParsedChunk) => {
  const read = readers();
  return (chunk) => {
    const [choice] = chunk.choices;
    if (choice === undefined) return chunk;
    // A second answer, where the first did not fit, has an id of its own.
    const parsed = read(`${chunk.id} ${choice.index}`, choice.delta.content ?? '');
    return parsed === undefined ? chunk : { ...chunk, parsed };
  };
};

/** For the events of one response. */
export const responseSnapshots = (): ((event: ResponseStreamEvent) => ParsedResponseEvent) => {
  const read = readers();
  return (event) => {
    if (event.type !== 'response.output_text.delta') return event;
    const parsed = read(`${event.item_id} ${event.content_index}`, event.delta);
    return parsed === undefined ? event : { ...event, parsed };
  };
};

/** Reads texts by the places where they stand, each of which grows. */
function readers(): (place: string, more: string) => unknown {
  const all = new Map<string, PartialJson>();
  return (place, more) => {
    const reader = all.get(place) ?? partialJson();
    all.set(place, reader);
    return reader.write(more);
  };
}
