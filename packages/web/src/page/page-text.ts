// The bytes of a page as text, in the encoding that it names.
import { TextDecoder } from 'node:util';

/** How many bytes are looked at for `<meta charset>`. Source: https://html.spec.whatwg.org/multipage/parsing.html#prescan-a-byte-stream-to-determine-its-encoding */
const PRESCAN_BYTES = 1024;

/** By the byte order mark, the header, `<meta>`, or else UTF-8. Wrong bytes become U+FFFD. */
export const pageText = (bytes: Uint8Array, contentType: string): string => {
  const start = Buffer.from(bytes.subarray(0, PRESCAN_BYTES)).toString('latin1');
  const label =
    markOf(bytes) ?? charsetIn(contentType) ?? charsetIn(start.slice(Math.max(0, start.search(/<meta/i))));
  return decoderFor(label).decode(bytes);
};

function markOf([first, second]: Uint8Array): string | undefined {
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  return first === 0xff && second === 0xfe ? 'utf-16le' : undefined;
}

const charsetIn = (text: string): string | undefined => /charset=["']?([\w:-]{1,40})/i.exec(text)?.[1];

/** Nobody can rely on what a page calls its encoding. */
function decoderFor(label: string | undefined): TextDecoder {
  try {
    return new TextDecoder(label);
  } catch {
    return new TextDecoder();
  }
}
