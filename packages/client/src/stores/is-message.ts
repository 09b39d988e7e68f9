// Whether what a store has read is a message. What is empty or unknown in it, its service judges.
import type { Content, Message } from '@g4f/core';
import { type Fields, isFields } from '../options/plain-value.ts';

const isText = (value: unknown): value is string => typeof value === 'string';
const mayBe = (fits: (value: unknown) => boolean, value: unknown): boolean => value == null || fits(value);
const areFields = (value: unknown): value is readonly Fields[] =>
  Array.isArray(value) && value.every(isFields);

/** Whether it is a text, or a list of what has a type. */
export const isContent = (content: unknown): content is Content =>
  isText(content) || (areFields(content) && content.every(({ type }) => isText(type)));

/** Whether it has a role that there is, and the content of that role. */
export const isMessage = (message: unknown): message is Message => {
  if (!isFields(message)) return false;
  const { role, content, tool_call_id } = message;
  if (role === 'assistant') return mayBe(isContent, content);
  if (role === 'tool') return isContent(content) && isText(tool_call_id);
  return (role === 'user' || role === 'system' || role === 'developer') && isContent(content);
};

/** What a part of each type has; other types are the service's to know. */
const PARTS: ReadonlyMap<unknown, (part: Fields) => boolean> = new Map([
  ['text', ({ text }: Fields) => isText(text)],
  ['refusal', ({ refusal }: Fields) => isText(refusal)],
  ['image_url', ({ image_url: image }: Fields) => isFields(image) && isText(image.url)],
  [
    'input_audio',
    ({ input_audio: sound }: Fields) => isFields(sound) && isText(sound.data) && isText(sound.format),
  ],
  [
    'file',
    ({ file }: Fields) =>
      isFields(file) && [file.file_data, file.file_id, file.filename].every((one) => mayBe(isText, one)),
  ],
]);

const isCall = ({ id, function: called }: Fields): boolean =>
  isText(id) && isFields(called) && isText(called.name) && isText(called.arguments);

/** Whether nothing in it is of another kind than it must be where it is sent. */
export const isSendable = (message: Message): boolean => {
  const { content, name, refusal, reasoning, reasoning_details, tool_calls }: Fields = { ...message };
  return (
    [name, refusal, reasoning].every((one) => mayBe(isText, one)) &&
    mayBe(areFields, reasoning_details) &&
    mayBe((calls) => areFields(calls) && calls.every(isCall), tool_calls) &&
    (!areFields(content) || content.every((part) => PARTS.get(part.type)?.(part) ?? true))
  );
};
