// What dialects that have a form of their own for an answer read from OpenAI's.
import { G4FError, type ToolCall, type ToolCallChunk, type Usage } from '@g4f/core';
import { asObject, type Json, parseJson } from '../json/json.ts';

/** The arguments of a call as an object. @throws G4FError `bad-response` for what is none: it cannot be written in this dialect. */
export const argumentsObject = ({
  function: { name, arguments: text },
}: Pick<ToolCall, 'function'>): Json => {
  const value = text.trim() === '' ? {} : asObject(parseJson(text));
  if (value !== undefined) return value;
  throw new G4FError(
    `The model called ${name} with arguments that are not a JSON object, which this API cannot carry. Ask again, or use /v1/chat/completions.`,
    { code: 'bad-response' },
  );
};

/** The calls of an answer that comes in chunks, for dialects in which a call comes whole. */
export class GatheredCalls {
  readonly #calls: { id: string; name: string; arguments: string }[] = [];

  add(pieces: readonly ToolCallChunk[] = []): void {
    for (const { index, id, function: piece } of pieces) {
      const call = this.#calls[index] ?? { id: id ?? '', name: '', arguments: '' };
      call.name = piece.name ?? call.name;
      call.arguments += piece.arguments ?? '';
      this.#calls[index] = call;
    }
  }

  /** All calls so far, in order. */
  get all(): readonly Pick<ToolCall, 'id' | 'function'>[] {
    return this.#calls.map(({ id, ...fn }) => ({ id, function: fn }));
  }
}

/** How many tokens of each kind there are, none counted twice. */
export const countsOf = (usage: Usage | undefined) => {
  const cached = usage?.prompt_tokens_details?.cached_tokens ?? 0;
  const written = usage?.prompt_tokens_details?.cache_write_tokens ?? 0;
  const reasoning = usage?.completion_tokens_details?.reasoning_tokens ?? 0;
  const [prompt, completion] = [usage?.prompt_tokens ?? 0, usage?.completion_tokens ?? 0];
  return {
    prompt,
    cached,
    written,
    fresh: Math.max(0, prompt - cached - written),
    completion,
    reasoning,
    said: Math.max(0, completion - reasoning),
    total: usage?.total_tokens ?? prompt + completion,
  };
};

/** The picture in a data URL, or undefined for another address. */
export const inlineImage = (url: string): { readonly type: string; readonly data: string } | undefined => {
  const [, type, data] = /^data:([^;,]+)(?:;[^,;]+)*;base64,(.*)$/s.exec(url) ?? [];
  return type === undefined || data === undefined ? undefined : { type, data };
};
