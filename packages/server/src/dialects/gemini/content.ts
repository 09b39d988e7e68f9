// Gemini's contents → OpenAI's messages. Source: https://ai.google.dev/api/caching#Content

import {
  asList,
  asObject,
  givenBoolean,
  givenObject,
  givenText,
  mustBe as invalid,
  type Json,
  readFilled,
  readText,
} from '../../json/json.ts';
import { assistantMessage } from '../assistant-message.ts';
import { UnansweredCalls } from '../unanswered-calls.ts';
import { camelFields } from './fields.ts';

/** By which the client's own wire knows what it may send back to Gemini. */
const FORMAT = 'gemini';

/** Reads a conversation: a call without an id gets one, and a result without one belongs to the first call of its name that has none. */
export class Contents {
  readonly #unanswered = new UnansweredCalls();
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
    if (!ROLES.has(content.role ?? 'user')) throw invalid(`${field}.role`, '"user" or "model"');
    if (content.role === 'model') return [this.#said(parts, field)];
    const results: Json[] = [];
    const said: Json[] = [];
    for (const [i, part] of parts.entries()) {
      const place = `${field}.parts[${i}]`;
      const result = givenObject(part.functionResponse, `${place}.functionResponse`);
      if (result === undefined) said.push(readPart(part, place));
      else results.push(this.#result(result, `${place}.functionResponse`));
    }
    const user = { role: 'user', content: said };
    return said.length > 0 || results.length === 0 ? [...results, user] : results;
  }

  #said(parts: readonly Json[], field: string): Json {
    const calls: Json[] = [];
    const details: Json[] = [];
    const said: Json[] = [];
    let reasoning = '';
    for (const [i, part] of parts.entries()) {
      const place = `${field}.parts[${i}]`;
      const call = givenObject(part.functionCall, `${place}.functionCall`);
      const signature = givenText(part.thoughtSignature, `${place}.thoughtSignature`);
      const made = call === undefined ? undefined : this.#call(call, `${place}.functionCall`);
      if (made !== undefined) calls.push(made);
      else if (givenBoolean(part.thought, `${place}.thought`))
        reasoning += givenText(part.text, `${place}.text`) ?? '';
      else if (part.text !== '' || signature === undefined) said.push(readPart(part, place));
      if (signature !== undefined)
        details.push({
          type: 'reasoning.encrypted',
          format: FORMAT,
          data: signature,
          ...(made && { id: made.id }),
        });
    }
    return assistantMessage({ said, calls, reasoning, details });
  }

  #call({ id: given, name: called, args }: Json, field: string): Json {
    const name = readFilled(called, `${field}.name`);
    const id = givenText(given, `${field}.id`) ?? `call_${this.#calls}`;
    this.#calls += 1;
    this.#unanswered.add(id, name);
    return {
      id,
      type: 'function',
      function: { name, arguments: JSON.stringify(givenObject(args, `${field}.args`) ?? {}) },
    };
  }

  #result({ id: given, name: called, response }: Json, field: string): Json {
    const name = readFilled(called, `${field}.name`);
    const id = givenText(given, `${field}.id`);
    const found = this.#unanswered.take(id, name);
    return {
      role: 'tool',
      tool_call_id: id ?? found ?? `call_${name}`,
      content: JSON.stringify(givenObject(response, `${field}.response`) ?? {}),
    };
  }
}

/** The text of an instruction. */
export const readInstruction = (instruction: unknown): readonly Json[] => {
  if (instruction == null) return [];
  if (typeof instruction === 'string') return [{ role: 'system', content: instruction }];
  const parts = partsOf(givenObject(instruction, 'systemInstruction') ?? {}, 'systemInstruction');
  const content = parts.map((part, at) => readPart(part, `systemInstruction.parts[${at}]`));
  return content.length === 0 ? [] : [{ role: 'system', content }];
};

/** The parts of a content, names in camel case. @throws Refusal 400 */
export function partsOf({ parts }: Json, field: string): readonly Json[] {
  return asList(Array.isArray(parts) ? parts : [parts ?? []].flat()).map((given, at) => {
    const part = typeof given === 'string' ? { text: given } : asObject(given);
    if (part === undefined) throw invalid(`${field}.parts[${at}]`, 'an object');
    return camelFields(part);
  });
}

/** Who may speak; `function` is what a result's turn was called. */
const ROLES: ReadonlySet<unknown> = new Set(['user', 'model', 'function']);

/** A part; one that OpenAI has no part for is refused, because no other provider knows it. */
function readPart(part: Json, field: string): Json {
  if (part.text != null) return { type: 'text', text: readText(part.text, `${field}.text`) };
  const inline = givenObject(part.inlineData, `${field}.inlineData`);
  if (inline !== undefined) {
    const { mimeType, data, displayName } = camelFields(inline);
    const type = readFilled(mimeType, `${field}.inlineData.mimeType`);
    const bytes = readFilled(data, `${field}.inlineData.data`);
    return mediaPart(type, `data:${type};base64,${bytes}`, displayName);
  }
  const stored = givenObject(part.fileData, `${field}.fileData`);
  if (stored !== undefined) {
    const { mimeType, fileUri, displayName } = camelFields(stored);
    const type = givenText(mimeType, `${field}.fileData.mimeType`) ?? '';
    return mediaPart(type, readFilled(fileUri, `${field}.fileData.fileUri`), displayName);
  }
  throw invalid(field, 'a part with text, inlineData, fileData, functionCall or functionResponse');
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
