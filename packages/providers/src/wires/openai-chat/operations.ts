// What else is asked over OpenAI's protocol, each loaded with its first call: a program that chats loads none of it.
import { type Endpoint, lazyEndpoint, type OtherOperations } from '../endpoint.ts';
import type { TextQuirks } from './text-quirks.ts';

/** `POST {base}/moderations`. */
export const moderations: Endpoint<'moderate'> = lazyEndpoint(
  async () => (await import('./moderations.ts')).openaiModerations,
);

/** `POST {base}/completions`. */
export const completions = (quirks: TextQuirks = {}): Endpoint<'complete'> =>
  lazyEndpoint(async () => (await import('./text-completions.ts')).textCompletions(quirks));
/** `POST {base}/images/generations`, `/images/edits` and `/images/variations`. */
export const images: Endpoint<'image'> = lazyEndpoint(async () => (await import('./images.ts')).openaiImages);

/** All that a server of one's own may be asked for: one that cannot do it says so. */
export const serverOperations: OtherOperations = {
  moderate: { endpoint: moderations },
  complete: { endpoint: completions() },
  image: { endpoint: images },
};
