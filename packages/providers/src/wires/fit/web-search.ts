// `web_search_options`: OpenAI's way to ask for an answer that rests on pages of the web.
// Source: https://platform.openai.com/docs/guides/tools-web-search
import type { ChatRequest } from '@g4f/core';
import { asList, asObject, asText, type Json } from '../decoding/json.ts';

/** What is wanted of a search. */
export interface WantedSearch {
  /** How much of the pages the model is given: `low`, `medium`, `high`. */
  readonly size: string | undefined;
  /** Where the user is: `city`, `region`, `country`, `timezone`. */
  readonly place: Json | undefined;
}

/** Undefined where no search is asked for, or the caller has put the service's own tool among the tools already. */
export const wantedSearch = ({ web_search_options, tools }: ChatRequest): WantedSearch | undefined => {
  const options = asObject(web_search_options);
  if (options === undefined || asList(tools).some(isSearchTool)) return undefined;
  const location = asObject(options.user_location);
  // OpenAI's chats nest the place, its responses and other services do not.
  const { type: _, ...place } = asObject(location?.approximate) ?? location ?? {};
  const known = Object.entries(place).filter(([, value]) => value != null);
  return {
    size: asText(options.search_context_size),
    place: known.length > 0 ? Object.fromEntries(known) : undefined,
  };
};

/** `{type: 'web_search_20250305'}`, `{type: 'web_search_preview'}`, `{googleSearch: {}}` */
function isSearchTool(tool: unknown): boolean {
  const { type, googleSearch } = asObject(tool) ?? {};
  return googleSearch != null || asText(type)?.startsWith('web_search') === true;
}
