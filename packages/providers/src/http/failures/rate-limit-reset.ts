// When a limit that was reached starts anew, from the counters that services put into their headers.
// Sources: https://platform.openai.com/docs/guides/rate-limits (durations: `1s`, `6m0s`), Groq and xAI alike;
// https://docs.claude.com/en/api/rate-limits (dates); https://openrouter.ai/docs/api-reference/limits (ms since 1970);
// https://docs.github.com/rest (seconds since 1970); https://inference-docs.cerebras.ai/support/rate-limits (seconds)
import { msUntil } from '@g4f/core/internal';

/** `x-ratelimit-reset-tokens`, `ratelimit-reset`, `anthropic-ratelimit-requests-reset`: what stands around "reset". */
const RESET = /^((?:x-|anthropic-)?ratelimit-)(?:reset(-.+)?|(.+)-reset)$/;

/**
 * How long until all counters that stand at nothing start anew, in ms; where none does (a request may need more than is
 * left), until the first one does. Undefined without such headers. @param headers in lower case.
 */
export const msUntilReset = (headers: Readonly<Record<string, string>>, now: number): number | undefined => {
  const all: number[] = [];
  const usedUp: number[] = [];
  for (const [name, value] of Object.entries(headers)) {
    const found = RESET.exec(name);
    const ms = found === null ? undefined : msUntil(value, now);
    if (found === null || ms === undefined) continue;
    const [, prefix = '', after, before] = found;
    const remaining =
      headers[before === undefined ? `${prefix}remaining${after ?? ''}` : `${prefix}${before}-remaining`];
    all.push(ms);
    if (Number(remaining) === 0) usedUp.push(ms);
  }
  if (usedUp.length > 0) return Math.max(...usedUp);
  return all.length > 0 ? Math.min(...all) : undefined;
};
