// What else is asked over OpenAI's protocol, each loaded with its first call: a program that chats loads none of it.
import { type Endpoint, lazyEndpoint, type OtherOperations } from '../endpoint.ts';
import type { TextQuirks } from './text-quirks.ts';
import type { TranscriptionQuirks } from './transcriptions.ts';

/** `POST {base}/moderations`. */
export const moderations: Endpoint<'moderate'> = lazyEndpoint(
  async () => (await import('./moderations.ts')).openaiModerations,
);

/** `POST {base}/completions`. */
export const completions = (quirks: TextQuirks = {}): Endpoint<'complete'> =>
  lazyEndpoint(async () => (await import('./text-completions.ts')).textCompletions(quirks));
/** `POST {base}/images/generations`, `/images/edits` and `/images/variations`. */
export const images: Endpoint<'image'> = lazyEndpoint(async () => (await import('./images.ts')).openaiImages);
/** `POST {base}/audio/speech`. */
export const speech: Endpoint<'speech'> = lazyEndpoint(
  async () => (await import('./speech.ts')).openaiSpeech,
);

/** `POST {base}/audio/transcriptions` and `…/translations`. */
export const transcriptions = (quirks?: TranscriptionQuirks): Endpoint<'transcribe'> =>
  lazyEndpoint(async () => (await import('./transcriptions.ts')).openaiTranscriptions(quirks));

/** All that a server of one's own may be asked for: one that cannot do it says so. */
export const serverOperations: OtherOperations = {
  moderate: { endpoint: moderations },
  complete: { endpoint: completions() },
  image: { endpoint: images },
  speech: { endpoint: speech },
  transcribe: { endpoint: transcriptions() },
};
