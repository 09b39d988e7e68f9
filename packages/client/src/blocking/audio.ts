// `audio` of the synchronous client.
import { G4FError } from '@g4f/core';
import { toAnswer } from '../audio/to-answer.ts';
import type { MethodName } from '../methods/loaders.ts';
import { METHODS } from '../methods/methods.ts';
import { peek } from '../options/unreadable.ts';
import type { Audio, SpeechParams, TranscriptionParams } from '../surface/audio.ts';
import type { CallOptions, ClientOptions } from '../surface/options.ts';
import { signalOf } from '../sync/call-data.ts';
import type { Connection } from '../sync/connection.ts';
import { partsCreator } from './create-parts.ts';
import { wholeCreator } from './create-whole.ts';
import { BlockingSpeech } from './sync-speech.ts';

/** Its methods, which block. */
export const blockingAudio = (connection: Connection, client: ClientOptions): Audio<'sync'> => {
  const text = (name: MethodName) => {
    const whole = wholeCreator(connection, client, name);
    return (params: object, options?: CallOptions): object | string =>
      toAnswer(whole(params, options), params);
  };
  const transcription = text('audio.transcriptions.create');
  const { 'audio.speech.create': speech, 'audio.transcriptions.create': transcriptions } = METHODS;
  const sound = partsCreator(connection, client, 'audio.speech.create', speech);
  const events = partsCreator(connection, client, 'audio.transcriptions.create', transcriptions);
  const create = (params: TranscriptionParams, options?: CallOptions) =>
    peek(params, 'stream') === true ? events(params, options) : transcription(params, options);
  return {
    speech: {
      create(params: SpeechParams, options?: CallOptions) {
        const stream = sound(params, options);
        const first = stream.next();
        if (first.done)
          throw new G4FError('the call was given up before there was sound.', { code: 'aborted' });
        return new BlockingSpeech(stream, first.value, signalOf(options, params, client));
      },
    },
    transcriptions: { create: create as Audio<'sync'>['transcriptions']['create'] },
    translations: { create: text('audio.translations.create') as Audio<'sync'>['translations']['create'] },
  };
};
