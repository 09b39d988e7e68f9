// What an item of a response holds besides words and calls: citations, and tools that the service used itself.
// Source: https://platform.openai.com/docs/api-reference/responses/object#responses-object-output
import type { StreamEvent } from '@g4f/core';
import { asNumber, asText, type Json } from '../decoding/json.ts';

/** A page has an address; what has none goes along as it is. */
export function cite(annotation: Json, events: StreamEvent[]): void {
  const url = asText(annotation.url);
  const title = asText(annotation.title);
  const start = asNumber(annotation.start_index);
  const end = asNumber(annotation.end_index);
  if (url === undefined) events.push({ type: 'aside', extra: { delta: { citations: [annotation] } } });
  else
    events.push({
      type: 'source',
      url,
      ...(title !== undefined && { title }),
      ...(start !== undefined && { start }),
      ...(end !== undefined && { end }),
    });
}

/** A tool that the service used itself, kept whole; a picture it drew is a medium. */
export function closeOther(item: Json, events: StreamEvent[]): void {
  const drawn = item.type === 'image_generation_call' ? asText(item.result) : undefined;
  const mediaType = `image/${asText(item.output_format) ?? 'png'}`;
  if (drawn !== undefined)
    events.push({ type: 'media', mediaType, url: `data:${mediaType};base64,${drawn}` });
  const { result: _, ...others } = item;
  events.push({
    type: 'aside',
    extra: { delta: { content_parts: [drawn === undefined ? item : others] } },
  });
}
