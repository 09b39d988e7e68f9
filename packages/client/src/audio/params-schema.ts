// What the parameters of `audio` must look like. What a service knows besides is its own to judge.
import * as z from 'zod/mini';
import { expected, MODEL } from '../errors/expected.ts';

const text = (what: string, isPrivate = false) =>
  z.string(expected(what, isPrivate)).check(z.minLength(1, expected(what, isPrivate)));

const VOICE = 'the name of a voice, or { id }';

/** Source: https://platform.openai.com/docs/api-reference/audio/createSpeech */
export const speechParams = z.looseObject({
  model: text(MODEL),
  input: text('a text that is to be read aloud', true),
  voice: z.optional(
    z.union([text(VOICE), z.looseObject({ id: text(VOICE) }, expected(VOICE))], expected(VOICE)),
  ),
  response_format: z.optional(text('a format, such as "mp3" or "wav"')),
  speed: z.optional(z.number(expected('a number from 0.25 to 4'))),
  instructions: z.optional(z.string(expected('a text', true))),
  stream_format: z.optional(
    z.literal('audio', expected('"audio" (its bytes are streamed; OpenAI\'s events are not)')),
  ),
});

const GRANULARITIES = 'a list of "word" and "segment"';

const heard = {
  model: text(MODEL),
  // What is no file is told where it is opened.
  file: z.optional(z.unknown()),
  prompt: z.optional(z.string(expected('a text', true))),
  temperature: z.optional(z.number(expected('a number from 0 to 1'))),
};

const TRANSLATIONS = ['json', 'text', 'srt', 'verbose_json', 'vtt'] as const;
const TRANSCRIPTIONS = [...TRANSLATIONS, 'diarized_json'] as const;

const formats = (all: readonly string[]) =>
  z.optional(z.enum([...all], expected(`one of ${all.join(', ')}`)));

/** Source: https://platform.openai.com/docs/api-reference/audio/createTranslation */
export const translationParams = z.looseObject({ ...heard, response_format: formats(TRANSLATIONS) });

/** Source: https://platform.openai.com/docs/api-reference/audio/createTranscription */
export const transcriptionParams = z.looseObject({
  ...heard,
  response_format: formats(TRANSCRIPTIONS),
  language: z.optional(text('a language, such as "en"')),
  timestamp_granularities: z.optional(
    z.array(z.enum(['word', 'segment'], expected(GRANULARITIES)), expected(GRANULARITIES)),
  ),
  stream: z.optional(z.boolean(expected('true or false'))),
});
