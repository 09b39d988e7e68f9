// Whether a text is an address, and which; whether it is one to which a wire can add its paths.

import { withoutEnd } from './without-end.ts';

/**
 * The text as a URL; undefined if it is none. Not `URL.canParse`: once a program has called it a few thousand times, Node 20 answers
 * `false` for every address with a letter of Latin-1 outside of ASCII (`https://bücher.example`).
 */
export const urlOf = (text: string, base?: string | URL): URL | undefined => {
  try {
    return new URL(text, base);
  } catch {
    return undefined;
  }
};

/** What wires add to an address. Not `/models` and `/api/chat`: there are addresses that end so. */
const ENDPOINT =
  /(?:\/(?:(?:chat\/)?completions|responses|messages|embeddings|moderations|images\/(?:generations|edits|variations)|audio\/(?:speech|transcriptions|translations))|(?<=\/v\d)\/(?:chat|embed)|\/models\/[^/]{1,200}:\w{1,40})$/i;

/** What an address must be instead, where it ends in the path of an endpoint; undefined for any other, and for what is none. */
export const withoutEndpoint = (text: string): string | undefined => {
  const [ending] = ENDPOINT.exec(withoutEnd(urlOf(text)?.pathname ?? '', '/')) ?? [];
  return ending && `an address that ends before ${JSON.stringify(ending)}, which is added to it`;
};
