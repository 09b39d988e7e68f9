// Reasoning that came in pieces, made whole before it is sent back: a signature holds for the whole block only.
// Source: https://openrouter.ai/docs/use-cases/reasoning-tokens#preserving-reasoning
// and https://github.com/OpenRouterTeam/ai-sdk-provider/issues/519
import type { ReasoningDetail } from '@g4f/core';

/** The blocks that these pieces, in the order in which they were streamed, are of; whole blocks stay as they are. */
export const wholeDetails = (pieces: readonly ReasoningDetail[]): readonly ReasoningDetail[] => {
  const blocks: ReasoningDetail[] = [];
  for (const piece of pieces) {
    const last = blocks.at(-1);
    if (last !== undefined && goesOn(last, piece)) blocks[blocks.length - 1] = joined(last, piece);
    else blocks.push(piece);
  }
  return blocks;
};

/** Sealed blocks come whole, and what follows a signature is another block. */
const goesOn = (last: ReasoningDetail, piece: ReasoningDetail): boolean =>
  piece.type === last.type &&
  piece.type !== 'reasoning.encrypted' &&
  piece.index === last.index &&
  last.signature == null;

function joined(last: ReasoningDetail, piece: ReasoningDetail): ReasoningDetail {
  const said = Object.entries(piece).filter(([, value]) => value != null);
  return {
    ...last,
    ...Object.fromEntries(said),
    ...(last.text != null && { text: last.text + (piece.text ?? '') }),
    ...(last.summary != null && { summary: last.summary + (piece.summary ?? '') }),
  };
}
