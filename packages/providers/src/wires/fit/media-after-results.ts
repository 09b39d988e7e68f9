// Pictures that a function returned, for services whose results are text: the user shows them right afterwards.

import type { FitMessage, FitPart, FitResult } from './message.ts';
import { mediaOf, textOf } from './message-content.ts';

/** The conversation with only text in results; their other parts follow the last result of the turn. */
export const mediaAfterResults = (messages: readonly FitMessage[]): readonly FitMessage[] => {
  if (!messages.some((message) => message.role === 'tool' && mediaOf(message.content).length > 0))
    return messages;
  let shown: FitPart[] = [];
  const moved: FitMessage[] = [];
  const show = (): void => {
    if (shown.length > 0) moved.push({ role: 'user', content: shown, beside: {} });
    shown = [];
  };
  for (const message of messages) {
    if (message.role !== 'tool') show();
    if (message.role === 'tool') shown.push(...partsShown(message));
    moved.push(message.role === 'tool' ? textOnly(message) : message);
  }
  show();
  return moved;
};

function partsShown({ id, content }: FitResult): readonly FitPart[] {
  const media = mediaOf(content);
  return media.length === 0
    ? []
    : [{ type: 'text', text: `Returned by the call ${id}:`, beside: {} }, ...media];
}

const textOnly = (message: FitResult): FitResult =>
  mediaOf(message.content).length === 0
    ? message
    : { ...message, content: textOf(message.content) || 'The result is in the next message.' };
