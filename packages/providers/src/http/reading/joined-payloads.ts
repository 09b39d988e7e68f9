// Payloads that a service wrote into one event: without the blank line between two, without even a line end, or with the
// name of the field once more before the first (https://github.com/Michael-A-Kuykendall/shimmy/issues/26).
import { endOfValue } from '../text/json-scan.ts';

/**
 * What may stand before a payload: the next field is glued to the JSON before it, too (`}data: [DONE]`). Once: what is left
 * of more would be cut again, as often as they are.
 */
const BEFORE = /\s*(?:data:(?!\s*data:)\s*)?/y;

/**
 * The payloads in data that is no JSON as a whole; what is left at the end, and is none, comes as the last. One alone if
 * there is no place to cut. A list or an object ends with its last bracket: `}data: ` may be words of an answer.
 */
export const payloadsIn = (data: string): readonly string[] => {
  const payloads: string[] = [];
  for (let end = 0; end < data.length; ) {
    BEFORE.lastIndex = end;
    BEFORE.test(data);
    const at = BEFORE.lastIndex;
    end = endOfPayload(data, at);
    const payload = data.slice(at, end).trim();
    if (payload !== '') payloads.push(payload);
  }
  return payloads;
};

function endOfPayload(data: string, at: number): number {
  if (data[at] === '{' || data[at] === '[') return endOfValue(data, at);
  const lineEnd = data.indexOf('\n', at);
  return lineEnd === -1 ? data.length : lineEnd;
}
