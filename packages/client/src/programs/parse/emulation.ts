// A form of the answer asked for in words, for models whose services have no parameter for it.
import type { CompletionMessage, Message } from '@g4f/core';

/** What the model is told first. */
export const instruction = (schema: unknown): Message => ({
  role: 'system',
  content: `Answer with one JSON value and nothing else: no explanation, no code fence.${
    schema === undefined ? '' : ` It must fit this JSON Schema: ${JSON.stringify(schema)}`
  }`,
});

/** What is said after an answer that does not fit. */
export const repair = ({ content }: CompletionMessage, wrong: string): readonly Message[] => [
  { role: 'assistant', content: content ?? '' },
  {
    role: 'user',
    content: `That does not fit the schema (${wrong}). Answer again: the whole corrected JSON value and nothing else.`,
  },
];

const FENCE = '```';

/** What stands inside the code fence, if the text has one around its JSON: models write them although they are told not to. */
export const fromFences = (content: string): string => {
  const text = content.trim();
  if (/^[[{"]/.test(text)) return text;
  const begin = text.indexOf(FENCE);
  const line = begin === -1 ? -1 : text.indexOf('\n', begin);
  if (line === -1) return text;
  const end = text.lastIndexOf(FENCE);
  return text.slice(line + 1, end > line ? end : undefined);
};
