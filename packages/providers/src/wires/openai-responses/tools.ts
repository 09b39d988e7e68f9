// The tools of a response that are the caller's: which of them take free text, and where the call of one stands.
import type { ChatRequest } from '@g4f/core';
import { asList, asObject, type Json } from '../decoding/json.ts';

/** The names of its tools without a schema: `{type: "custom", name}`, or as chat completions nest it. */
export const customToolsOf = ({ tools }: Pick<ChatRequest, 'tools'>): ReadonlySet<unknown> =>
  new Set(
    asList(tools).map((value) => {
      const tool = asObject(value);
      return tool?.type === 'custom' ? (asObject(tool.custom)?.name ?? tool.name) : undefined;
    }),
  );

/** Name and arguments stand in a `function` where somebody translates chat completions. */
export const unnested = (item: Json): Json => {
  const fn = asObject(item.function);
  return fn === undefined
    ? item
    : { ...item, name: item.name ?? fn.name, arguments: item.arguments ?? fn.arguments };
};
