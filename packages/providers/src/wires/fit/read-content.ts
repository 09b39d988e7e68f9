// A message's content as it was given, by any program or service → a string or well-formed parts in OpenAI's shapes.

import { asObject, asText, type Json } from '../decoding/json.ts';
import { mendedURL } from './data-url.ts';
import { invalid } from './invalid.ts';
import type { FitContent, FitPart } from './message.ts';

/** Parts in which services hand out reasoning: none takes those of another, and our own are in `reasoning_details`. */
const REASONING: ReadonlySet<unknown> = new Set(['thinking', 'redacted_thinking', 'reasoning']);

/**
 * The content. Null, absent, and a list without anything are an empty string; nothing inside a list is passed over.
 * Parts of types that OpenAI's chat completions do not have are a service's own, and stay as they are.
 *
 * @throws G4FError `invalid-request` naming the field that cannot be read.
 */
export const readContent = (content: unknown, field: string): FitContent => {
  if (content == null) return '';
  if (typeof content === 'string') return content;
  if (isScalar(content)) return String(content);
  const list = Array.isArray(content) ? content : [content];
  const parts = list.flatMap((part, at) =>
    readPart(part, Array.isArray(content) ? `${field}[${at}]` : field),
  );
  return parts.length === 0 ? '' : parts;
};

const isScalar = (value: unknown): value is number | boolean =>
  typeof value === 'number' || typeof value === 'boolean';

function readPart(given: unknown, field: string): readonly FitPart[] {
  if (given == null) return [];
  if (typeof given === 'string' || isScalar(given)) return textPart({}, given, field);
  const part = asObject(given);
  const type = part?.type ?? (part !== undefined && 'text' in part ? 'text' : undefined);
  if (part === undefined || typeof type !== 'string' || type === '')
    throw invalid(
      part === undefined ? field : `${field}.type`,
      'a part: an object with a type',
      part?.type ?? given,
    );
  if (REASONING.has(type)) return [];
  switch (type) {
    case 'text':
    case 'input_text':
    case 'output_text':
      return textPart(part, part.text, field);
    case 'refusal':
      return refusalPart(part, field);
    case 'image_url':
    case 'input_image':
      return imagePart(part, field);
    case 'input_audio':
      return audioPart(part, field);
    case 'file':
    case 'input_file':
      return filePart(part, field);
    default:
      return [{ type: 'own', part }];
  }
}

function textOf(text: unknown, field: string): string {
  if (typeof text === 'string') return text;
  if (isScalar(text)) return String(text);
  throw invalid(field, 'a string', text);
}

function refusalPart({ type: _, refusal, ...beside }: Json, field: string): readonly FitPart[] {
  return refusal == null ? [] : [{ type: 'refusal', refusal: textOf(refusal, `${field}.refusal`), beside }];
}

function textPart(part: Json, text: unknown, field: string): readonly FitPart[] {
  if (text == null) return [];
  const { type: _, text: __, ...beside } = part;
  return [{ type: 'text', text: textOf(text, `${field}.text`), beside }];
}

const DETAILS = ['auto', 'low', 'high'] as const;

/** The address may be the value itself, as OpenAI's responses have it. */
function imagePart(
  { type: _, image_url: given, detail, ...beside }: Json,
  field: string,
): readonly FitPart[] {
  const inside = asObject(given);
  const url = asText(inside === undefined ? given : inside.url);
  if (url === undefined)
    throw invalid(`${field}.image_url.url`, 'the address of a picture', inside?.url ?? given);
  const size = DETAILS.find((known) => known === (inside?.detail ?? detail));
  const mended = mendedURL(url, `${field}.image_url.url`);
  const place = { url: mended, ...(size !== undefined && { detail: size }) };
  return [{ type: 'image_url', image_url: place, beside }];
}

function audioPart({ type: _, input_audio: given, ...beside }: Json, field: string): readonly FitPart[] {
  const audio = asObject(given);
  const [data, format] = [asText(audio?.data), asText(audio?.format)];
  if (data === undefined || format === undefined)
    throw invalid(`${field}.input_audio`, 'an object with data and format', given);
  return [{ type: 'input_audio', input_audio: { data, format }, beside }];
}

/** The fields may stand in the part itself, as OpenAI's responses have it. */
function filePart({ type, file: nested, ...fields }: Json, field: string): readonly FitPart[] {
  const flat = type === 'input_file';
  const given = flat ? fields : asObject(nested);
  if (given === undefined) throw invalid(`${field}.file`, 'an object with file_data or file_id', nested);
  const [data, id, filename] = [asText(given.file_data), asText(given.file_id), asText(given.filename)];
  const file = {
    ...(data !== undefined && { file_data: mendedURL(data, `${field}.file.file_data`) }),
    ...(id !== undefined && { file_id: id }),
    ...(filename !== undefined && { filename }),
  };
  return [{ type: 'file', file, beside: flat ? {} : fields }];
}
