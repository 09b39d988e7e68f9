// Asks a provider for speech or for a transcription, and answers it as a service of its protocol would.
import type { Provider, SpeechRequest, TranscriptionRequest, Upload } from '@g4f/core';
import { audioAnswer, SOUND } from '../../mock-wires/mock-audio.ts';
import type { Lent } from '../lent-context.ts';
import { type PlayedOperation, type PlayedParts, playOperation } from './operation-play.ts';

/** What must not stand in an error: what is read aloud, and the prompt of a transcription. */
export const PRIVATE = 'Sunny ☀️ in <Zürich> all day';

/** Asks one operation of a provider. @param answer the good one unless given */
export type Ask<O extends PlayedOperation> = (answer?: Lent) => Promise<PlayedParts<O>>;

/** What is read aloud. */
export const speechRequest = (more: Partial<SpeechRequest> = {}): SpeechRequest => ({
  model: 'kit-speech-1',
  input: PRIVATE,
  ...more,
});

/** Speech. @throws Error if it cannot speak */
export const speaking =
  (provider: Provider, more: Partial<SpeechRequest> = {}): Ask<'speech'> =>
  (answer = audioAnswer) =>
    playOperation(provider, { operation: 'speech', request: speechRequest(more), answer });

/** Sound to be heard. */
const upload = (): Upload => ({
  name: 'kit.mp3',
  type: 'audio/mpeg',
  size: SOUND.length,
  async *open() {
    yield new TextEncoder().encode(SOUND);
  },
});

/** What is heard. */
export const hearingRequest = (
  { id }: Provider,
  more: Partial<TranscriptionRequest> = {},
): TranscriptionRequest => ({
  model: id === 'huggingface' ? 'kit/hears-1' : 'kit-hears-1',
  file: upload(),
  task: 'transcribe',
  prompt: PRIVATE,
  ...more,
});

/** A transcription. @throws Error if it cannot hear */
export const hearing =
  (provider: Provider, more: Partial<TranscriptionRequest> = {}): Ask<'transcribe'> =>
  (answer = audioAnswer) =>
    playOperation(provider, { operation: 'transcribe', request: hearingRequest(provider, more), answer });
