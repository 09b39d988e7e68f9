// The verdict of the client's moderations on a text.
import type { Moderation } from '@g4f/core';
import type { MiddlewareCall } from '../surface/middleware.ts';
import type { GuardModeration } from './with-guard.ts';

/** Characters of each input: longer texts are judged in pieces, so that no service cuts them. */
const PIECE = 8000;

/** @returns why the text is refused; undefined if it may pass. @throws G4FError whatever the moderation fails with */
export async function moderationOf(
  text: string,
  { model, provider, scores }: GuardModeration,
  call: MiddlewareCall,
): Promise<string | undefined> {
  const input: string[] = [];
  for (let at = 0; at < text.length; at += PIECE) input.push(text.slice(at, at + PIECE));
  const { results } = await call.moderate({ model, input, ...(provider !== undefined && { provider }) });
  const found = new Set(results.flatMap((result) => foundIn(result, scores)));
  return found.size === 0 ? undefined : `${model} found ${[...found].join(', ')}`;
}

function foundIn(
  { flagged, categories, category_scores: found }: Moderation,
  scores: GuardModeration['scores'],
): readonly string[] {
  if (scores !== undefined)
    return Object.entries(scores).flatMap(([name, least]) => ((found[name] ?? 0) >= least ? [name] : []));
  if (!flagged) return [];
  const named = Object.entries(categories).flatMap(([name, applies]) => (applies ? [name] : []));
  return named.length > 0 ? named : ['something'];
}
