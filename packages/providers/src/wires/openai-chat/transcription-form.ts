// The form of a transcription, as OpenAI's own library writes it: `timestamp_granularities[]`, `chunking_strategy[type]`.
import type { TranscriptionRequest } from '@g4f/core';
import type { FormField } from '../../http/transport/multipart.ts';

/** @param marksLists whether the fields of a list have `[]` after their name, as OpenAI has it. */
export const transcriptionForm = (
  { file, task: _, ...fields }: TranscriptionRequest,
  marksLists = true,
): readonly FormField[] => [
  { name: 'file', value: file },
  ...Object.entries(fields).flatMap(([name, value]) => formFields(name, value, marksLists)),
];

function formFields(name: string, value: unknown, marksLists: boolean): readonly FormField[] {
  if (value == null) return [];
  if (Array.isArray(value))
    return value.flatMap((one) => formFields(marksLists ? `${name}[]` : name, one, marksLists));
  if (typeof value === 'object')
    return Object.entries(value).flatMap(([key, one]) => formFields(`${name}[${key}]`, one, marksLists));
  return [{ name, value: String(value) }];
}
