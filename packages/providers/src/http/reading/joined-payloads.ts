// Payloads that a service wrote into one event: without the blank line between two, or without even a line end.
import { endOfValue } from '../text/json-scan.ts';

/** What may stand between two payloads: the next field is glued to the JSON before it, too (`}data: [DONE]`). */
const BETWEEN = /\s*(?:data:\s*)?/y;

/**
 * The payloads in data that is no JSON as a whole; what is left at the end, and is none, comes as the last. One alone if
 * there is no place to cut. A list or an object ends with its last bracket: `}data: ` may be words of an answer.
 */
export const payloadsIn = (data: string): readonly string[] => {
  const payloads: string[] = [];
  let at = 0;
  while (at < data.length) {
    const end = endOfPayload(data, at);
    const payload = data.slice(at, end).trim();
    if (payload !== '') payloads.push(payload);
    BETWEEN.lastIndex = end;
    at = end + (BETWEEN.exec(data)?.[0].length ?? 0);
  }
  return payloads;
};

function endOfPayload(data: string, at: number): number {
  if (data[at] === '{' || data[at] === '[') return endOfValue(data, at);
  const lineEnd = data.indexOf('\n', at);
  return lineEnd === -1 ? data.length : lineEnd;
}
