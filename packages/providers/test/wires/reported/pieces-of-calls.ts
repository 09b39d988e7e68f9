// What reported streams of calls are written with.
import { DONE, sse } from '../acme.ts';
import { chunk } from './play.ts';

/** The function of a call, or of a piece of one. */
export const fn = (args: unknown, name?: unknown): object => ({
  function: { ...(name !== undefined && { name }), arguments: args },
});

/** The chunk that ends an answer of calls. */
export const ends = chunk({}, 'tool_calls');

/** A whole stream of these pieces. */
export const streamed = (...pieces: readonly object[]): string => sse(...pieces, ends, DONE);

/** What the reader gets: `name(arguments)` of each. */
export const calls = (...all: readonly string[]) => ({ calls: all, finish: 'tool_calls' });

/** A tool of this name. */
export const tool = (name: string) => ({ type: 'function' as const, function: { name } });

/** What a request says of its tools. */
export const TOOLS = { tools: ['get_weather', 'list_directory', 'search', 'debug_tool', 'f'].map(tool) };
