// The headers of a caller that change what a request means: betas, each sent on to the service whose betas they name, and to no other.
// Sources: https://platform.claude.com/docs/en/api/beta-headers and https://platform.openai.com/docs/api-reference (OpenAI-Beta).
// Gemini's API names its betas in the path. Accounts (OpenAI-Organization, x-goog-user-project) say who pays: they are the operator's.
import type { CallerRequest } from '../answer/caller-request.ts';
import { refuse } from '../failure/refusal.ts';

/** Headers for each provider id. */
export type HeadersById = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** The providers that know each. */
const BETAS: readonly (readonly [name: string, ids: readonly string[]])[] = [
  ['anthropic-beta', ['anthropic']],
  ['openai-beta', ['openai', 'openai-responses']],
];

/** Names with commas between: `context-1m-2025-08-07`, `assistants=v2`. */
const NAMES = /^[\w.=:, -]*$/;

/** Undefined where the caller names no beta, as nearly all do. @throws Refusal 400 for what is no list of names */
export const betaHeaders = ({ headers }: Pick<CallerRequest, 'headers'>): HeadersById | undefined => {
  let found: Record<string, Record<string, string>> | undefined;
  for (const [name, ids] of BETAS) {
    const value = headers.get(name)?.trim();
    if (!value) continue;
    if (!NAMES.test(value))
      throw refuse(400, 'invalid-request', `The header ${name} must be names with commas between.`);
    found ??= {};
    for (const id of ids) found[id] = { [name]: value };
  }
  return found;
};
