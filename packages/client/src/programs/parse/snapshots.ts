// The chunks of an answer of a form, each with what can be read of the answer by now.
import type { ChatCompletionChunk } from '@g4f/core';
import type { ParsedChunk } from '../../surface/programs.ts';
import { type PartialJson, partialJson } from './partial-json.ts';

/** For the chunks of one program. */
export const snapshots = (): ((chunk: ChatCompletionChunk) => ParsedChunk) => {
  const readers = new Map<string, PartialJson>();
  return (chunk) => {
    const [choice] = chunk.choices;
    if (choice === undefined) return chunk;
    // A second answer, where the first did not fit, has an id of its own.
    const place = `${chunk.id} ${choice.index}`;
    const reader = readers.get(place) ?? partialJson();
    readers.set(place, reader);
    const parsed = reader.write(choice.delta.content ?? '');
    return parsed === undefined ? chunk : { ...chunk, parsed };
  };
};
