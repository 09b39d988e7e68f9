// What a newcomer is told who has no key: how to get an answer all the same. Browsers, which cannot do it, have keyless-hint.browser.ts.
import type { Operation } from '@g4f/core';

const ONCE = 'once "npm install @g4f/local-runtime" has been run';

const CHAT = ` | Without any key: fallback: "local" (or G4F_FALLBACK=local) lets a small model on this machine answer, ${ONCE}`;

/** Goes on after what is missing. */
export const KEYLESS_HINTS: Readonly<Partial<Record<Operation, string>>> = {
  chat: CHAT,
  respond: CHAT,
  embed: ` | Without any key: the model "all-minilm-l6-v2" embeds on this machine, ${ONCE}`,
};
