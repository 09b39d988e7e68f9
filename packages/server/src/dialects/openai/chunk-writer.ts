// Writes the chunks of one chat. Nearly all differ from the one before in their text alone: what stands around it is written once.
import type { ChatCompletionChunk } from '@g4f/core';
import { asObject, type Json } from '../../json/json.ts';
import type { ChunkWriter } from '../dialect.ts';
import { dataEvent } from '../server-sent-event.ts';
import { doneWriter } from './writers.ts';

/** Stands in the place of the text; nobody else can know it. */
const MARK = crypto.randomUUID();

/** A chunk that says a text and nothing besides. */
interface TextChunk {
  readonly chunk: Json;
  readonly choice: Json;
  readonly text: string;
}

/** The same bytes as {@link doneWriter}'s. */
export const chunkWriter = (): ChunkWriter<ChatCompletionChunk> => {
  /** The one before, if its fields besides the text hold no objects: these could be written into. */
  let last: TextChunk | undefined;
  let around: readonly string[] | undefined;
  return {
    ...doneWriter,
    write(chunk) {
      const next = textChunkOf(chunk);
      if (next !== undefined && last !== undefined && isAlike(next, last)) {
        around ??= aroundText(next);
        const [before, after] = around;
        if (before !== undefined && after !== undefined) return before + JSON.stringify(next.text) + after;
      }
      last = next !== undefined && isFlat(next) ? copyOf(next) : undefined;
      around = undefined;
      return dataEvent(chunk);
    },
  };
};

function textChunkOf(chunk: ChatCompletionChunk): TextChunk | undefined {
  const [first, ...others] = chunk.choices;
  if (first === undefined || others.length > 0) return undefined;
  for (const name in first.delta) if (name !== 'content') return undefined;
  const [fields, choice] = [asObject(chunk), asObject(first)];
  const text = first.delta.content;
  if (fields === undefined || choice === undefined || typeof text !== 'string') return undefined;
  return { chunk: fields, choice, text };
}

/** Whoever yields one object again and again changes it. */
const copyOf = ({ chunk, choice, text }: TextChunk): TextChunk => ({
  chunk: { ...chunk },
  choice: { ...choice },
  text,
});

/** Whether they differ in their text alone. */
const isAlike = (one: TextChunk, other: TextChunk): boolean =>
  isSame(one.chunk, other.chunk, 'choices') && isSame(one.choice, other.choice, 'delta');

function isSame(one: Json, other: Json, except: string): boolean {
  const names = Object.keys(other);
  let at = 0;
  for (const name in one) {
    if (name !== names[at] || (name !== except && one[name] !== other[name])) return false;
    at += 1;
  }
  return at === names.length;
}

const isFlat = ({ chunk, choice }: TextChunk): boolean =>
  hasNoObject(chunk, 'choices') && hasNoObject(choice, 'delta');

const hasNoObject = (object: Json, except: string): boolean =>
  Object.entries(object).every(
    ([name, value]) => name === except || typeof value !== 'object' || value === null,
  );

/** What is written before and after the text. */
const aroundText = ({ chunk, choice }: TextChunk): readonly string[] =>
  dataEvent({ ...chunk, choices: [{ ...choice, delta: { content: MARK } }] }).split(`"${MARK}"`);
