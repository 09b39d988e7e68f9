// Deepgram: speech and transcriptions. Source: https://developers.deepgram.com/reference/deepgram-api-overview
import { lazyEndpoint } from '../endpoint.ts';
import type { Wire } from '../wire.ts';

/** Deepgram's protocol, which has no chat. */
export const deepgram: Wire = {
  name: 'deepgram',
  features: [],
  authorize: (key) => ({ authorization: `Token ${key}` }),
  modelsPath: '/models',
  readModel: () => undefined,
  endpoints: {},
};

/** `POST {base}/speak`. */
export const deepgramSpeech = lazyEndpoint<'speech'>(async () => (await import('./speech.ts')).speech);

/** `POST {base}/listen`. */
export const deepgramTranscriptions = lazyEndpoint<'transcribe'>(
  async () => (await import('./transcriptions.ts')).transcriptions,
);
