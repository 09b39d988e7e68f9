// ElevenLabs: speech and transcriptions. Source: https://elevenlabs.io/docs/api-reference/introduction
import { lazyEndpoint } from '../endpoint.ts';
import type { Wire } from '../wire.ts';

/** ElevenLabs' protocol, which has no chat. */
export const elevenlabs: Wire = {
  name: 'elevenlabs',
  features: [],
  authorize: (key) => ({ 'xi-api-key': key }),
  modelsPath: '/models',
  readModel: () => undefined,
  endpoints: {},
};

/** `POST {base}/text-to-speech/{voice}/stream`. */
export const elevenlabsSpeech = lazyEndpoint<'speech'>(async () => (await import('./speech.ts')).speech);

/** `POST {base}/speech-to-text`. */
export const elevenlabsTranscriptions = lazyEndpoint<'transcribe'>(
  async () => (await import('./transcriptions.ts')).transcriptions,
);
