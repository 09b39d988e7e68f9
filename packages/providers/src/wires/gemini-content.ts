// Messages → Gemini's contents: instructions apart, roles user and model in turn, everything a part.
// Source: https://ai.google.dev/api/caching#Content
import type {
  AssistantMessage,
  Content,
  ContentPart,
  Message,
  ReasoningDetail,
  ToolMessage,
} from '@g4f/core';
import { parseJson } from '../http/json-text.ts';
import { asObject } from './json.ts';
import { argumentsOf, namesOfCalls, partsOf, readDataURL, textOf } from './message-content.ts';
import { mergeTurns } from './turns.ts';
import type { Warn } from './wire.ts';

/** By which signatures that came from this wire are known when they are sent back. */
export const GEMINI_FORMAT = 'gemini';

interface Turn {
  readonly role: 'user' | 'model';
  readonly parts: readonly object[];
}

/** All instructions, wherever they stood, as `systemInstruction`. */
export const encodeInstruction = (messages: readonly Message[]): object => {
  const parts = messages
    .filter(({ role }) => role === 'system' || role === 'developer')
    .map(({ content }) => ({ text: textOf(content) }));
  return parts.length === 0 ? {} : { systemInstruction: { parts } };
};

/** The conversation; messages of one role that follow each other become one. */
export const encodeContents = (messages: readonly Message[], warn: Warn): readonly Turn[] => {
  const names = namesOfCalls(messages);
  return mergeTurns(
    messages.map((message) => turnOf(message, names, warn)),
    'parts',
  );
};

function turnOf(message: Message, names: ReadonlyMap<string, string>, warn: Warn): Turn | undefined {
  switch (message.role) {
    case 'user':
      return { role: 'user', parts: partsFrom(message.content, warn) };
    case 'assistant':
      return { role: 'model', parts: saidBefore(message, warn) };
    case 'tool':
      return { role: 'user', parts: [resultOf(message, names)] };
    default:
      return undefined;
  }
}

function resultOf({ tool_call_id, content }: ToolMessage, names: ReadonlyMap<string, string>): object {
  const text = textOf(content);
  const response = asObject(parseJson(text)) ?? { result: text };
  return { functionResponse: { name: names.get(tool_call_id) ?? tool_call_id, response } };
}

/** What the model said; its signatures go back on the parts they came with. */
function saidBefore(message: AssistantMessage, warn: Warn): object[] {
  const { content, reasoning_details = [], tool_calls = [] } = message;
  const own = reasoning_details.filter(({ format }) => format === GEMINI_FORMAT);
  const loose = own.filter(({ id }) => id === undefined);
  return [
    ...partsFrom(content, warn),
    ...loose.map(({ data }) => ({ text: '', thoughtSignature: data })),
    ...tool_calls.map((call) => ({
      functionCall: { name: call.function.name, args: argumentsOf(call, warn) },
      ...signatureFor(call.id, own),
    })),
  ];
}

const signatureFor = (call: string, details: readonly ReasoningDetail[]): object => {
  const data = details.find(({ id }) => id === call)?.data;
  return data === undefined ? {} : { thoughtSignature: data };
};

const partsFrom = (content: Content | null | undefined, warn: Warn): object[] =>
  partsOf(content).flatMap((part) => {
    const made = partOf(part, warn);
    return made === undefined ? [] : [made];
  });

function partOf(part: ContentPart, warn: Warn): object | undefined {
  switch (part.type) {
    case 'text':
      return { text: part.text };
    case 'refusal':
      return { text: part.refusal };
    case 'image_url':
      return dataOf(part.image_url.url);
    case 'input_audio':
      return { inlineData: { mimeType: `audio/${part.input_audio.format}`, data: part.input_audio.data } };
    case 'file': {
      const place = part.file.file_data ?? part.file.file_id;
      if (place !== undefined) return dataOf(place);
      return void warn(`the file ${part.file.filename ?? ''} has neither data nor an id: not sent.`);
    }
    default:
      return part;
  }
}

/** Bytes as they are, or the address of a file of the service's own or of a page. */
function dataOf(url: string): object {
  const inline = readDataURL(url);
  return inline === undefined
    ? { fileData: { fileUri: url } }
    : { inlineData: { mimeType: inline.mediaType, data: inline.base64 } };
}
