// What the wires of other protocols ask of a message's content: its text, its parts, and what a data URL holds.
import type { Content, ContentPart } from '@g4f/core';

/** The content as parts; a string is one part of text, an empty one is none. */
export const partsOf = (content: Content | null | undefined): readonly ContentPart[] => {
  if (content == null || content === '') return [];
  return typeof content === 'string' ? [{ type: 'text', text: content }] : content;
};

/** The text in the content, a refusal's included; parts of other kinds are left out. */
export const textOf = (content: Content | null | undefined): string =>
  partsOf(content)
    .map((part) => (part.type === 'text' ? part.text : part.type === 'refusal' ? part.refusal : ''))
    .join('');

/** What a data URL holds: base64 as it stands in it. */
export interface InlineData {
  readonly mediaType: string;
  readonly base64: string;
}

/** The bytes inside a `data:` URL, or undefined if the address lies elsewhere. Text in it is turned into base64. */
export const readDataURL = (url: string): InlineData | undefined => {
  const [, type = '', encoding, data = ''] = /^data:([^,]*?)(;base64)?,(.*)$/is.exec(url) ?? [];
  if (!/^data:/i.test(url)) return undefined;
  const mediaType = type === '' ? 'text/plain' : type;
  return { mediaType, base64: encoding === undefined ? toBase64(decodeURIComponent(data)) : data };
};

const toBase64 = (text: string): string =>
  btoa(Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join(''));
