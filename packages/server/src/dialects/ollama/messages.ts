// Ollama's messages → OpenAI's. Source: https://docs.ollama.com/api/chat
import { asList, asObject, asText, type Json, readObjects } from '../../json/json.ts';

interface Call {
  readonly id: string;
  readonly name: unknown;
}

/** The conversation; calls without ids get some, and a result belongs to the call of its id, of its name, or to the next one. */
export const readMessages = (given: unknown): readonly Json[] => {
  const unanswered: Call[] = [];
  let count = 0;
  return readObjects(given, 'messages').map((message) => {
    const { role, content, images, thinking, tool_calls } = message;
    if (role === 'tool') return { role, content: content ?? '', tool_call_id: takeCall(message, unanswered) };
    const calls = asList(tool_calls).map((call) => {
      count += 1;
      return callOf(asObject(call) ?? {}, `call_${count}`);
    });
    for (const { id, function: fn } of calls) unanswered.push({ id, name: fn.name });
    const thought = asText(thinking);
    return {
      role,
      content: withImages(content, images),
      ...(thought && { reasoning: thought }),
      ...(calls.length > 0 && { tool_calls: calls }),
    };
  });
};

function callOf({ id, function: given }: Json, made: string) {
  const { name, arguments: args } = asObject(given) ?? {};
  const text = typeof args === 'string' ? args : JSON.stringify(args ?? {});
  return { id: asText(id) ?? made, type: 'function', function: { name, arguments: text } };
}

function takeCall({ tool_call_id, tool_name }: Json, unanswered: Call[]): string {
  const id = asText(tool_call_id);
  const isIt = (call: Call) =>
    id === undefined ? tool_name == null || call.name === tool_name : call.id === id;
  const at = unanswered.findIndex(isIt);
  const [call] = at === -1 ? [] : unanswered.splice(at, 1);
  return id ?? call?.id ?? `call_${String(tool_name ?? 'unknown')}`;
}

/** Text, and pictures beside it as base64. */
export const withImages = (content: unknown, images: unknown): unknown => {
  const list = asList(images);
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

function imageURL(data: unknown): unknown {
  if (typeof data !== 'string' || data.startsWith('data:')) return data;
  const type = TYPES.find(([start]) => data.startsWith(start))?.[1] ?? 'image/png';
  return `data:${type};base64,${data}`;
}
