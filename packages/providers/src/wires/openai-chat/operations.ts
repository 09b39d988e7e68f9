// What else is asked over OpenAI's protocol, each loaded with its first call: a program that chats loads none of it.
import { type Endpoint, lazyEndpoint, type OtherOperations } from '../endpoint.ts';
import type { TranscriptionQuirks } from './transcriptions.ts';

/** `POST {base}/moderations`. */
export const moderations: Endpoint<'moderate'> = lazyEndpoint(
  async () => (await import('./moderations.ts')).openaiModerations,
);

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
  speech: { endpoint: speech },
  transcribe: { endpoint: transcriptions() },
};
