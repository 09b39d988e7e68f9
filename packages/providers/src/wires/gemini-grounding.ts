// What a Gemini answer rests on: pages and documents, each told once, and the metadata that points at them.
// Source: https://ai.google.dev/api/generate-content#GroundingMetadata
import type { StreamEvent } from '@g4f/core';
import { asList, asObject, asText, type Json, otherFields } from './json.ts';

const NOTHING: ReadonlySet<string> = new Set();

/**
 * For one candidate. A document of file search has a title and a text and often no address. The metadata goes along whole,
 * chunks included: its supports name the chunks by their place in the list.
 */
export const createGrounding = (
  at: { readonly choice: number } | undefined,
): ((grounding: Json, events: StreamEvent[]) => void) => {
  const cited = new Set<string>();
  let told = '';
  return (grounding, events) => {
    for (const item of asList(grounding.groundingChunks)) {
      const chunk = asObject(item);
      const page = asObject(chunk?.web) ?? asObject(chunk?.retrievedContext) ?? asObject(chunk?.maps);
      const url = asText(page?.uri);
      const title = asText(page?.title) ?? asText(page?.documentName);
      // A page is told once; of a document, each part that the answer rests on.
      const text = url === undefined ? asText(page?.text) : undefined;
      const name = url ?? JSON.stringify([title, text]);
      if ((url ?? title ?? text) === undefined || cited.has(name)) continue;
      cited.add(name);
      events.push({
        type: 'source',
        ...(url !== undefined && { url }),
        ...(title !== undefined && { title }),
        ...(text !== undefined && { text }),
        ...at,
      });
    }
    if (otherFields(grounding, NOTHING) === undefined) return;
    const now = JSON.stringify(grounding);
    if (now !== told)
      events.push({ type: 'aside', extra: { choice: { groundingMetadata: grounding } }, ...at });
    told = now;
  };
};
