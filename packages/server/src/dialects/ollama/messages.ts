// Ollama's messages → OpenAI's. Source: https://docs.ollama.com/api/chat
import {
  givenList,
  givenObject,
  givenObjects,
  givenText,
  type Json,
  readFilled,
  readObjects,
} from '../../json/json.ts';
import { UnansweredCalls } from '../unanswered-calls.ts';

/** The conversation; calls without ids get some, and a result belongs to the call of its id, of its name, or to the next one. */
export const readMessages = (given: unknown): readonly Json[] => {
  const unanswered = new UnansweredCalls();
  let count = 0;
  return readObjects(given, 'messages').map((message, at) => {
    const field = `messages[${at}]`;
    const { role, content, images, thinking, tool_calls } = message;
    if (role === 'tool')
      return { role, content: content ?? '', tool_call_id: takeCall(message, field, unanswered) };
    const calls = givenObjects(tool_calls, `${field}.tool_calls`).map((call, i) => {
      count += 1;
      return callOf(call, `${field}.tool_calls[${i}]`, `call_${count}`);
    });
    for (const { id, function: fn } of calls) unanswered.add(id, fn.name);
    const thought = givenText(thinking, `${field}.thinking`);
    return {
      role,
      content: withImages(content, images, field),
      ...(thought && { reasoning: thought }),
      ...(calls.length > 0 && { tool_calls: calls }),
    };
  });
};

function callOf({ id, function: given }: Json, field: string, made: string) {
  const { name: called, arguments: args } = givenObject(given, `${field}.function`) ?? {};
  const name = readFilled(called, `${field}.function.name`);
  const text =
    typeof args === 'string' ? args : JSON.stringify(givenObject(args, `${field}.function.arguments`) ?? {});
  return { id: givenText(id, `${field}.id`) ?? made, type: 'function', function: { name, arguments: text } };
}

function takeCall({ tool_call_id, tool_name }: Json, field: string, unanswered: UnansweredCalls): string {
  const id = givenText(tool_call_id, `${field}.tool_call_id`);
  const name = givenText(tool_name, `${field}.tool_name`);
  const found = unanswered.take(id, name);
  return id ?? found ?? `call_${name ?? 'unknown'}`;
}

/** Text, and pictures beside it as base64. @param field where they stand; the body itself unless given. */
export const withImages = (content: unknown, images: unknown, field?: string): unknown => {
  const place = field === undefined ? 'images' : `${field}.images`;
  const list = givenList(images, place).map((data, at) => readFilled(data, `${place}[${at}]`));
  if (list.length === 0) return content ?? '';
  const text = content == null || content === '' ? [] : [{ type: 'text', text: content }];
  return [...text, ...list.map((data) => ({ type: 'image_url', image_url: { url: imageURL(data) } }))];
};

/** By the first characters of base64, which stand for the first bytes of a file. */
const TYPES = [
  ['iVBOR', 'image/png'],
  ['/9j/', 'image/jpeg'],
  ['R0lGO', 'image/gif'],
  ['UklGR', 'image/webp'],
] as const;

function imageURL(data: string): string {
  if (data.startsWith('data:')) return data;
  const type = TYPES.find(([start]) => data.startsWith(start))?.[1] ?? 'image/png';
  return `data:${type};base64,${data}`;
}
