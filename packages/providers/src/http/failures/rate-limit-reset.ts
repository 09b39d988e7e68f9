// When a limit that was reached starts anew, from the counters that services put into their headers.
// Sources: https://platform.openai.com/docs/guides/rate-limits (durations: `1s`, `6m0s`), Groq and xAI alike;
// https://docs.claude.com/en/api/rate-limits (dates); https://openrouter.ai/docs/api-reference/limits (ms since 1970);
// https://docs.github.com/rest (seconds since 1970); https://inference-docs.cerebras.ai/support/rate-limits (seconds)
import { toMs, toNumber } from './duration-text.ts';

/** `x-ratelimit-reset-tokens`, `ratelimit-reset`, `anthropic-ratelimit-requests-reset`: what stands around "reset". */
const RESET = /^((?:x-|anthropic-)?ratelimit-)(?:reset(-.+)?|(.+)-reset)$/;

/** Above it a number is a moment, in seconds since 1970. */
const EPOCH_S = 1e9;
/** Above it, in ms since 1970. */
const EPOCH_MS = 1e12;

/**
 * How long until all counters that stand at nothing start anew, in ms; where none does (a request may need more than is
 * left), until the first one does. Undefined without such headers. @param headers in lower case.
 */
export const msUntilReset = (headers: Readonly<Record<string, string>>, now: number): number | undefined => {
  const all: number[] = [];
  const usedUp: number[] = [];
  for (const [name, value] of Object.entries(headers)) {
    const found = RESET.exec(name);
    const ms = found === null ? undefined : untilReset(value, now);
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

function untilReset(value: string, now: number): number | undefined {
  const number = toNumber(value);
  if (number === undefined) {
    const date = /\d:\d\d/.test(value) ? Date.parse(value) : Number.NaN;
    return Number.isNaN(date) ? toMs(value) : Math.max(0, date - now);
  }
  if (number >= EPOCH_MS) return Math.max(0, number - now);
  return Math.ceil(number >= EPOCH_S ? Math.max(0, number * 1000 - now) : number * 1000);
}
