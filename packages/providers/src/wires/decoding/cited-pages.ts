// Pages that an OpenAI-like service rests its answer on: each told once, however often the service repeats the list.
import type { StreamEvent } from '@g4f/core';
import { asList, asObject, asText, type Json } from './json.ts';
import { textKey } from './text-key.ts';

/** Adds a source for every page that this payload names for the first time. */
export type CitedPages = (payload: Json, events: StreamEvent[]) => void;

/** For one answer. Perplexity sends `citations` and `search_results` with every payload, xAI `citations` with the last. */
export const createCitedPages = (): CitedPages => {
  const told = new Set<string>();
  return ({ citations, search_results }, events) => {
    for (const item of [...asList(search_results), ...asList(citations)]) {
      const page = asObject(item);
      const url = asText(item) ?? asText(page?.url);
      const title = asText(page?.title);
      if (url === undefined) continue;
      const key = textKey(url);
      if (told.has(key)) continue;
      told.add(key);
      events.push({ type: 'source', url, ...(title !== undefined && { title }) });
    }
  };
};
