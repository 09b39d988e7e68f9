// What else is asked over OpenAI's protocol, each loaded with its first call: a program that chats loads none of it.
import { type Endpoint, lazyEndpoint, type OtherOperations } from '../endpoint.ts';

/** `POST {base}/moderations`. */
export const moderations: Endpoint<'moderate'> = lazyEndpoint(
  async () => (await import('./moderations.ts')).openaiModerations,
);

/** `POST {base}/images/generations`, `/images/edits` and `/images/variations`. */
export const images: Endpoint<'image'> = lazyEndpoint(async () => (await import('./images.ts')).openaiImages);

/** All that a server of one's own may be asked for: one that cannot do it says so. */
export const serverOperations: OtherOperations = {
  moderate: { endpoint: moderations },
  image: { endpoint: images },
};
