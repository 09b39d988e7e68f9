// Ollama's API: its refusals, its times, and its names of models. Source: https://docs.ollama.com/api/errors
import { readText } from '../../json/json.ts';
import type { Dialect } from '../dialect.ts';

/** Ollama's API. */
export const ollama: Dialect = { refusal: ({ message }) => ({ error: message }) };

/** The media type of its streams: a line of JSON each. */
export const JSON_LINES = 'application/x-ndjson';

/** One line. */
export const line = (payload: object): string => `${JSON.stringify(payload)}\n`;

/** The model that is asked for; programs write the tag that stands for none. @throws Refusal 400 */
export const modelOf = (name: unknown): string => readText(name, 'model').replace(/:latest$/, '');

/** Nanoseconds since then, a time of `performance.now()`. */
export const nanosecondsSince = (start: number): number => Math.round((performance.now() - start) * 1e6);
