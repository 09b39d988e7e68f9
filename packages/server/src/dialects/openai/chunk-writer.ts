// Writes the chunks of one chat. Nearly all differ from the one before in their text alone: what stands around it is written once.
import type { ChatCompletionChunk } from '@g4f/core';
import { asObject } from '../../json/json.ts';
import type { ChunkWriter } from '../dialect.ts';
import { dataEvent } from '../server-sent-event.ts';
import { doneWriter } from './writers.ts';

/** Stands in the place of the text; nobody else can know it. */
const MARK = crypto.randomUUID();

/** What JSON writes otherwise than it stands: quotes, backslashes, controls, and halves of characters, which may be alone. */
const ESCAPED = /["\\\p{Cc}\p{Cs}]/u;

/** The same bytes as {@link doneWriter}'s. */
export const chunkWriter = (): ChunkWriter<ChatCompletionChunk> => {
  /** Those of the one before, if they hold no objects: these could be written into. */
  let fields: Fields | undefined;
  let around: readonly string[] | undefined;
  return {
    ...doneWriter,
    write(chunk) {
      const text = textIn(chunk);
      const [choice] = chunk.choices;
      if (text === undefined || choice === undefined) {
        fields = undefined;
        return dataEvent(chunk);
      }
      if (fields?.areOf(chunk, choice)) {
        around ??= aroundText(chunk, choice);
        const [before, after] = around;
        if (before !== undefined && after !== undefined) return before + toJson(text) + after;
      }
      fields = fieldsOf(chunk, choice);
      around = undefined;
      return dataEvent(chunk);
    },
  };
};

type Choice = ChatCompletionChunk['choices'][number];

/** The text of a chunk that says a text and nothing besides. */
function textIn({ choices }: ChatCompletionChunk): string | undefined {
  const delta = choices.length === 1 ? choices[0]?.delta : undefined;
  for (const name in delta) if (name !== 'content') return undefined;
  return typeof delta?.content === 'string' ? delta.content : undefined;
}

const toJson = (text: string): string => (ESCAPED.test(text) ? JSON.stringify(text) : `"${text}"`);

/** The fields of a chunk and of its choice as they were: whoever yields one object again and again changes it. */
interface Fields {
  /** Whether another chunk has the same in the same order, but for the text. */
  areOf(chunk: ChatCompletionChunk, choice: Choice): boolean;
}

/** Undefined if there are objects among them. */
function fieldsOf(chunk: ChatCompletionChunk, choice: Choice): Fields | undefined {
  const [ofChunk, ofChoice] = [Object.entries(chunk), Object.entries(choice)];
  return hasObject(ofChunk, 'choices') || hasObject(ofChoice, 'delta')
    ? undefined
    : {
        areOf: (other, its) => areSame(other, ofChunk, 'choices') && areSame(its, ofChoice, 'delta'),
      };
}

type Entries = readonly (readonly [name: string, value: unknown])[];

const hasObject = (entries: Entries, except: string): boolean =>
  entries.some(([name, value]) => name !== except && typeof value === 'object' && value !== null);

function areSame(object: object, entries: Entries, except: string): boolean {
  const fields = asObject(object);
  if (fields === undefined) return false;
  let at = 0;
  for (const name in fields) {
    const known = entries[at];
    if (name !== known?.[0] || (fields[name] !== known[1] && name !== except)) return false;
    at += 1;
  }
  return at === entries.length;
}

/** What is written before and after the text. */
const aroundText = (chunk: ChatCompletionChunk, choice: Choice): readonly string[] =>
  dataEvent({ ...chunk, choices: [{ ...choice, delta: { content: MARK } }] }).split(`"${MARK}"`);
