// E-mail addresses: a name, an @, and a domain that ends in letters. Looked for from each @, so that long texts cost linear time.
import type { Place } from './place.ts';

/** The most a name may have (RFC 5321). */
const LONGEST_NAME = 64;
const IN_NAME = /[\p{L}\p{N}._%+'-]/u;
const DOMAIN = /[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){1,8}/uy;
const TOP_LEVEL = /^(?:\p{L}{2,63}|xn--[\w-]{1,59})$/u;

/** The addresses in a text. */
export const findEmails = (text: string): readonly Place[] => {
  const places: Place[] = [];
  for (let at = text.indexOf('@'); at !== -1; at = text.indexOf('@', at + 1)) {
    const start = nameBefore(text, at);
    const end = start === at ? at : domainAfter(text, at);
    if (end > at) places.push({ label: 'EMAIL', start, end });
  }
  return places;
};

function nameBefore(text: string, at: number): number {
  let start = at;
  while (start > 0 && at - start < LONGEST_NAME && IN_NAME.test(text.charAt(start - 1))) start -= 1;
  // What quotes an address is not of it.
  while (start < at && /[.'-]/.test(text.charAt(start))) start += 1;
  return start;
}

/** Where the domain ends; the place of the @ if there is none. */
function domainAfter(text: string, at: number): number {
  DOMAIN.lastIndex = at + 1;
  const labels = DOMAIN.exec(text)?.[0].split('.') ?? [];
  while (labels.length > 1 && !TOP_LEVEL.test(labels.at(-1) ?? '')) labels.pop();
  return labels.length > 1 ? at + 1 + labels.join('.').length : at;
}
