// Gemini's contents → OpenAI's messages. Source: https://ai.google.dev/api/caching#Content
import { refuse } from '../../failure/refusal.ts';
import { asList, asObject, asText, type Json } from '../../json/json.ts';
import { camelFields } from './fields.ts';

/** By which the client's own wire knows what it may send back to Gemini. */
const FORMAT = 'gemini';

/** Reads a conversation: a call without an id gets one, and a result without one belongs to the first call of its name that has none. */
export class Contents {
  readonly #unanswered: { readonly id: string; readonly name: unknown }[] = [];
  #calls = 0;

  /** @throws Refusal 400 that names the field. */
  read(contents: unknown): readonly Json[] {
    const list = typeof contents === 'string' ? [{ role: 'user', parts: [{ text: contents }] }] : contents;
    if (!Array.isArray(list)) throw invalid('contents', 'a list');
    return list.flatMap((content, at) => this.#turn(content, `contents[${at}]`));
  }

  #turn(given: unknown, field: string): readonly Json[] {
    const content = asObject(given);
    if (content === undefined) throw invalid(field, 'an object with role and parts');
    const parts = partsOf(content, field);
    if (content.role === 'model') return [this.#said(parts, field)];
    const results = parts.flatMap(({ functionResponse }) => this.#result(asObject(functionResponse)));
    const said = parts.filter(({ functionResponse }) => functionResponse === undefined);
    const user = { role: 'user', content: said.map((part) => readPart(part, field)) };
    return said.length > 0 || results.length === 0 ? [...results, user] : results;
  }

  #said(parts: readonly Json[], field: string): Json {
    const calls: Json[] = [];
    const details: Json[] = [];
    const said: Json[] = [];
    let reasoning = '';
    for (const part of parts) {
      const call = asObject(part.functionCall);
      const made = call === undefined ? undefined : this.#call(call);
      if (made !== undefined) calls.push(made);
      else if (part.thought === true) reasoning += asText(part.text) ?? '';
      else if (part.text !== '' || part.thoughtSignature === undefined) said.push(readPart(part, field));
      if (asText(part.thoughtSignature) !== undefined)
        details.push({
          type: 'reasoning.encrypted',
          format: FORMAT,
          data: part.thoughtSignature,
          ...(made && { id: made.id }),
        });
    }
    return {
      role: 'assistant',
      content: said.length > 0 ? said : null,
      ...(reasoning !== '' && { reasoning }),
      ...(details.length > 0 && { reasoning_details: details }),
      ...(calls.length > 0 && { tool_calls: calls }),
    };
  }

  #call({ id: given, name, args }: Json): Json {
    const id = asText(given) ?? `call_${this.#calls}`;
    this.#calls += 1;
    this.#unanswered.push({ id, name });
    return { id, type: 'function', function: { name, arguments: JSON.stringify(args ?? {}) } };
  }

  #result(result: Json | undefined): readonly Json[] {
    if (result === undefined) return [];
    const { id, name, response } = result;
    const at = this.#unanswered.findIndex((call) => (id == null ? call.name === name : call.id === id));
    const [call] = at === -1 ? [] : this.#unanswered.splice(at, 1);
    return [
      {
        role: 'tool',
        tool_call_id: asText(id) ?? call?.id ?? `call_${String(name)}`,
        content: JSON.stringify(response ?? {}),
      },
    ];
  }
}

/** The text of an instruction. */
export const readInstruction = (instruction: unknown): readonly Json[] => {
  if (instruction == null) return [];
  if (typeof instruction === 'string') return [{ role: 'system', content: instruction }];
  const parts = partsOf(asObject(instruction) ?? {}, 'systemInstruction');
  return parts.length === 0
    ? []
    : [{ role: 'system', content: parts.map((part) => readPart(part, 'systemInstruction')) }];
};

/** The parts of a content, names in camel case. @throws Refusal 400 */
export function partsOf({ parts }: Json, field: string): readonly Json[] {
  return asList(Array.isArray(parts) ? parts : [parts ?? []].flat()).map((given, at) => {
    const part = typeof given === 'string' ? { text: given } : asObject(given);
    if (part === undefined) throw invalid(`${field}.parts[${at}]`, 'an object');
    return camelFields(part);
  });
}

/** A part; one that OpenAI has no part for is refused, because no other provider knows it. */
function readPart(part: Json, field: string): Json {
  if (part.text !== undefined) return { type: 'text', text: part.text };
  const inline = asObject(part.inlineData);
  const stored = asObject(part.fileData);
  const { mimeType, data, fileUri, displayName } = camelFields(inline ?? stored ?? {});
  const type = asText(mimeType) ?? '';
  if (inline !== undefined) return mediaPart(type, `data:${type};base64,${data}`, displayName);
  if (stored !== undefined) return mediaPart(type, asText(fileUri) ?? '', displayName);
  throw invalid(`${field}.parts`, 'parts with text, inlineData, fileData, functionCall or functionResponse');
}

function mediaPart(type: string, url: string, name: unknown): Json {
  if (type.startsWith('image/')) return { type: 'image_url', image_url: { url } };
  if (type.startsWith('audio/') && url.startsWith('data:'))
    return {
      type: 'input_audio',
      input_audio: { data: url.slice(url.indexOf(',') + 1), format: audioFormat(type) },
    };
  return { type: 'file', file: { file_data: url, ...(typeof name === 'string' && { filename: name }) } };
}

const audioFormat = (type: string): string => {
  const format = type.slice('audio/'.length);
  return format === 'mpeg' ? 'mp3' : format.replace(/^x-/, '');
};

const invalid = (field: string, what: string) =>
  refuse(400, 'invalid-request', `${field} must be ${what}.`, { param: field });
