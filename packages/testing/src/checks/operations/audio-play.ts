// Asks a provider for speech or for a transcription, and answers it as a service of its protocol would.
import type {
  Provider,
  SpeechPart,
  SpeechRequest,
  TranscriptionPart,
  TranscriptionRequest,
  Upload,
} from '@g4f/core';
import { audioAnswer, SOUND } from '../../mock-wires/mock-audio.ts';
import type { Lent, LentContext } from '../lent-context.ts';
import { frozen, lendTo } from '../play.ts';

/** What must not stand in an error: what is read aloud, and the prompt of a transcription. */
export const PRIVATE = 'Sunny ☀️ in <Zürich> all day';

/** What came of it. */
export interface Played<Part> {
  readonly parts: readonly Part[];
  readonly error: unknown;
  readonly context: LentContext;
}

/** Asks one operation of a provider. */
export type Ask<Part> = (answer?: Lent, context?: LentContext) => Promise<Played<Part>>;

const play = async <Part>(
  open: (context: LentContext) => AsyncIterable<Part>,
  context: LentContext,
): Promise<Played<Part>> => {
  const parts: Part[] = [];
  try {
    for await (const part of open(context)) parts.push(part);
  } catch (error) {
    return { parts, error, context };
  }
  return { parts, error: undefined, context };
};

/** Speech. @throws Error if it cannot speak */
export const speaking =
  (provider: Provider, more: Partial<SpeechRequest> = {}): Ask<SpeechPart> =>
  (answer = audioAnswer, context = lendTo(provider, answer)) =>
    play((lent) => {
      if (provider.speech === undefined) throw new Error('it has no speech');
      return provider.speech(frozen({ model: 'kit-speech-1', input: PRIVATE, ...more }), lent);
    }, context);

/** Sound to be heard. */
const upload = (): Upload => ({
  name: 'kit.mp3',
  type: 'audio/mpeg',
  size: SOUND.length,
  async *open() {
    yield new TextEncoder().encode(SOUND);
  },
});

/** A transcription. @throws Error if it cannot hear */
export const hearing =
  (provider: Provider, more: Partial<TranscriptionRequest> = {}): Ask<TranscriptionPart> =>
  (answer = audioAnswer, context = lendTo(provider, answer)) =>
    play((lent) => {
      if (provider.transcribe === undefined) throw new Error('it has no transcribe');
      const model = provider.id === 'huggingface' ? 'kit/hears-1' : 'kit-hears-1';
      const request = { model, file: upload(), task: 'transcribe', prompt: PRIVATE, ...more } as const;
      return provider.transcribe(frozen(request), lent);
    }, context);

/** All that a request sends, as a text. */
export const sentBy = async ({ requests: [request] }: LentContext): Promise<string> => {
  let text = request?.body ?? '';
  for await (const piece of request?.bodyStream ?? []) text += Buffer.from(piece).toString();
  return text;
};
