// A request with placeholders in all its texts, whatever its operation. What the caller has given stays as it is.
import { isPlainObject } from '../options/plain-value.ts';
import { isBase64URL } from '../texts/base64-url.ts';
import { hideInJSON } from './json-text.ts';
import type { Placeholders } from './placeholders.ts';

/** Ids and words of a protocol, which would no longer be what they name; addresses: one with another key is another address. */
const NAMES: ReadonlySet<string> = new Set([
  'model',
  'role',
  'type',
  'id',
  'tool_call_id',
  'call_id',
  'item_id',
  'format',
  'file_id',
  'signature',
  'encrypted_content',
  'file_url',
  'image_url',
  'server_url',
]);
/** Parts that are no text, or lead to what is none. */
const MEDIA: ReadonlySet<string> = new Set([
  'image_url',
  'input_audio',
  'input_image',
  'input_video',
  'video_url',
  'file',
  'input_file',
]);
/** Where a `name` is that of a tool, of a schema, or of who takes part in the conversation. Elsewhere it is a person's word. */
const NAMED: ReadonlySet<string> = new Set([
  'messages',
  'input',
  'function',
  'function_call',
  'functions',
  'tool_calls',
  'tool_choice',
  'tools',
  'custom',
  'json_schema',
  'format',
]);
/** Fields whose objects have names that the caller chooses: whatever these are, what they hold are a person's words. */
const FREE: ReadonlySet<string> = new Set(['variables', 'metadata', 'chat_template_kwargs']);

/** What becomes of the texts. */
interface TextChange {
  text(text: string): string;
  /** The arguments of a tool's call. */
  json(text: string): string;
  details(details: readonly unknown[]): readonly unknown[];
}

/**
 * The request with placeholders.
 * @param warn is told of what cannot be looked into, or is left out.
 */
export function redactedRequest<Request>(
  request: Request,
  placeholders: Placeholders,
  warn: (message: string) => void,
): Request {
  const avoid = (text: string): string => {
    placeholders.avoid(text);
    return text;
  };
  changed(request, { text: avoid, json: avoid, details: (details) => details });
  const hide = (text: string): string => placeholders.hide(text);
  // The change keeps every field: a request stays one of its operation.
  return changed(request, {
    text: hide,
    json: (text) => hideInJSON(text, placeholders),
    details: (details) => openDetails(details, hide, warn),
  }) as Request;
}

/**
 * The value itself where nothing of it changes.
 * @param place the field in which it stands, or its list; `free` below fields whose names are the caller's
 */
function changed(value: unknown, change: TextChange, place = '', free = false): unknown {
  if (typeof value === 'string') return changedText(value, change, free ? '' : place);
  if (Array.isArray(value)) {
    if (place === 'reasoning_details') return change.details(value);
    const items = value.map((item) => changed(item, change, place, free));
    return items.every((item, at) => item === value[at]) ? value : items;
  }
  if (!isPlainObject(value) || MEDIA.has(String(value.type))) return value;
  const fields = Object.entries(value).map(([field, held]) => {
    const isName = !free && field === 'name' && NAMED.has(place);
    return [field, isName ? held : changed(held, change, field, free || FREE.has(field))] as const;
  });
  return fields.every(([field, held]) => held === value[field]) ? value : Object.fromEntries(fields);
}

function changedText(text: string, change: TextChange, place: string): string {
  if (NAMES.has(place) || isBase64URL(text)) return text;
  return place === 'arguments' ? change.json(text) : change.text(text);
}

/**
 * Reasoning as its service wants it back. What is signed, or sealed, has been with the service: it has placeholders already where
 * it came through here. What would have to be changed all the same is no longer what was signed.
 */
function openDetails(
  details: readonly unknown[],
  hide: (text: string) => string,
  warn: (message: string) => void,
): readonly unknown[] {
  return details.filter((detail) => {
    if (!isPlainObject(detail)) return true;
    const texts = [detail.text, detail.summary].filter((text) => typeof text === 'string');
    if (texts.every((text) => hide(text) === text)) return true;
    warn(
      'withRedaction leaves out reasoning_details that hold what is private: they are sent unchanged or not at all.',
    );
    return false;
  });
}
