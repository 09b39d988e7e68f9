// What the wires of other protocols ask of a message's content: its text, its parts, and a call's arguments as an object.

import { isTooDeep } from '../../http/text/json-scan.ts';
import { parseExactly, parseJson } from '../../http/text/json-text.ts';
import { asObject, type Json } from '../decoding/json.ts';
import type { FitCall, FitContent, FitPart } from './message.ts';
import type { Warn } from './warn.ts';

/** The content as parts; a string is one part of text, an empty one is none. */
export const partsOf = (content: FitContent): readonly FitPart[] => {
  if (content === '') return [];
  return typeof content === 'string' ? [{ type: 'text', text: content, beside: {} }] : content;
};

/** The text in the content, a refusal's included; parts of other kinds are left out. */
export const textOf = (content: FitContent): string =>
  typeof content === 'string'
    ? content
    : content
        .map((part) => (part.type === 'text' ? part.text : part.type === 'refusal' ? part.refusal : ''))
        .join('');

/** The parts that are no text. */
export const mediaOf = (content: FitContent): readonly FitPart[] =>
  typeof content === 'string' ? [] : content.filter(({ type }) => type !== 'text' && type !== 'refusal');

/** Those of the fields that a service takes. */
export const pick = (fields: Json, taken: readonly string[]): Json => {
  const picked: Record<string, unknown> = {};
  for (const name of taken) if (fields[name] != null) picked[name] = fields[name];
  return picked;
};

/** The object that the text is, with its digits; undefined if it is none, or nested too deeply to be written anew. */
export const objectIn = (text: string): Json | undefined => {
  const value = asObject(parseExactly(text));
  return isTooDeep(value) ? undefined : value;
};

const warnOfCut = ({ givenId, name }: FitCall, warn: Warn): void =>
  warn(`the arguments of the call ${givenId || name} are no JSON object: sent as text.`);

/**
 * A call's arguments as an object, for protocols that take no text; what is no such object (it was cut, nested too deeply,
 * or is the text of a custom tool) goes as `{arguments: text}`.
 */
export const argumentsOf = (call: FitCall, warn: Warn): Json => {
  const { arguments: text, custom } = call;
  if (custom) return { input: text };
  const args = text.trim() === '' ? {} : objectIn(text);
  if (args === undefined) warnOfCut(call, warn);
  return args ?? { arguments: text };
};

/**
 * A call's arguments as JSON text, for services that read them before the model does: text that is no JSON, and would be
 * refused, goes as `{"arguments": text}`.
 */
export const argumentsText = (call: FitCall, warn: Warn): string => {
  const { arguments: text, custom } = call;
  if (custom) return JSON.stringify({ input: text });
  if (text.trim() === '') return '{}';
  if (asObject(parseJson(text)) !== undefined) return text;
  warnOfCut(call, warn);
  return JSON.stringify({ arguments: text });
};
