// What the wires of other protocols ask of a message's content: its text, its parts, and what a data URL holds.
import type { Content, ContentPart, Message, ToolCall } from '@g4f/core';
import { parseJson } from '../http/json-text.ts';
import { asObject, type Json } from './json.ts';
import type { Warn } from './wire.ts';

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

/** A call's arguments as an object, for protocols that take no text; what is no JSON object goes as `{arguments: text}`. */
export const argumentsOf = ({ id, function: { arguments: text } }: ToolCall, warn: Warn): Json => {
  const args = text.trim() === '' ? {} : asObject(parseJson(text));
  if (args === undefined) warn(`the arguments of the call ${id} are no JSON object: sent as text.`);
  return args ?? { arguments: text };
};

/** The functions' names by the ids of their calls: a result names only the call, and some protocols want the function. */
export const namesOfCalls = (messages: readonly Message[]): ReadonlyMap<string, string> =>
  new Map(
    messages.flatMap((message) =>
      message.role === 'assistant'
        ? (message.tool_calls ?? []).map((call) => [call.id, call.function.name] as const)
        : [],
    ),
  );
