// Recorded answers of Anthropic give their golden.
import { anthropicMessages } from '../../src/wires/anthropic-messages/index.ts';
import { playTapes } from './play-tapes.ts';

playTapes('anthropic', anthropicMessages, {
  // A second message begins in the middle of a call of the first: its cut arguments must not be handed out as a call.
  refused: { 'anthropic/spliced-message-start~stream': 'stream-truncated' },
});
