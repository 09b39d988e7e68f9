// Citations of a Cohere answer: which part of the text rests on which documents; a page among them is a source as well.
// Source: https://docs.cohere.com/v2/docs/rag-citations
import type { StreamEvent } from '@g4f/core';
import { asList, asNumber, asObject, asText, type Json } from '../decoding/json.ts';

/** Adds what the citation says. */
export const citeCohere = (citation: Json | undefined, events: StreamEvent[]): void => {
  if (citation === undefined) return;
  const start = asNumber(citation.start);
  const end = asNumber(citation.end);
  for (const item of asList(citation.sources)) {
    // What a function returned, where the answer rests on that.
    const source = asObject(item);
    const document = asObject(source?.document) ?? asObject(source?.tool_output);
    const url = asText(document?.url);
    const title = asText(document?.title);
    if (url === undefined) continue;
    events.push({
      type: 'source',
      url,
      ...(title !== undefined && { title }),
      ...(start !== undefined && { start }),
      ...(end !== undefined && { end }),
    });
  }
  events.push({ type: 'aside', extra: { delta: { citations: [citation] } } });
};
