// Speech and transcriptions as services answer them, in the form of each protocol: it is told by the path of the request.
import type { HttpRequest } from '@g4f/core';

/** Sound that begins like MP3, and crosses as a text, though as samples it must be none: a version and flags follow `ID3`. */
export const SOUND = `ID3\u0004\0\0${'sound '.repeat(100)}`;

/** What is said in the sound that is heard. */
export const SAID = 'Sunny in Zürich. All day.';

/** What the service says of it: words, and when. */
const WORDS = ['Sunny', 'in', 'Zürich.', 'All', 'day.'].map((word, at) => ({
  word,
  start: at / 2,
  end: (at + 1) / 2,
}));
const SEGMENTS = [
  { id: 0, start: 0, end: 1.5, text: 'Sunny in Zürich.' },
  { id: 1, start: 1.5, end: 2.5, text: ' All day.' },
];

/** The head and the body of an answer. */
interface MockAudio {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const JSON_TYPE = { 'content-type': 'application/json' };
const STREAM_TYPE = { 'content-type': 'text/event-stream' };
const json = (body: unknown): MockAudio => ({ headers: JSON_TYPE, body: JSON.stringify(body) });

type Form = (request: HttpRequest) => MockAudio;

const isStreamed = ({ headers }: HttpRequest): boolean =>
  headers.accept?.startsWith('text/event-stream') === true;

const streamed = (events: readonly unknown[]): MockAudio => ({
  headers: STREAM_TYPE,
  body: events.map((event) => `data: ${JSON.stringify(event)}\n\n`).join(''),
});

const PIECES = [SAID.slice(0, 9), SAID.slice(9)];

const sound: Form = () => ({ headers: { 'content-type': 'audio/mpeg' }, body: SOUND });

const part = (of: unknown, finishReason?: string): unknown => ({
  candidates: [
    { content: { role: 'model', parts: [of] }, ...(finishReason !== undefined && { finishReason }) },
  ],
  usageMetadata: { promptTokenCount: 3, candidatesTokenCount: 5 },
});

/** Gemini's samples stand in its JSON; what is asked for is told by the body. */
const gemini: Form = (request) => {
  if (request.body?.includes('"AUDIO"') === true)
    return json(
      part(
        {
          inlineData: {
            mimeType: 'audio/L16;codec=pcm;rate=24000',
            data: Buffer.from(SOUND).toString('base64'),
          },
        },
        'STOP',
      ),
    );
  if (!isStreamed(request)) return json(part({ text: SAID }, 'STOP'));
  return streamed(PIECES.map((text, at) => part({ text }, at === 1 ? 'STOP' : undefined)));
};

const openai: Form = (request) =>
  isStreamed(request)
    ? streamed([
        ...PIECES.map((delta) => ({ type: 'transcript.text.delta', delta })),
        { type: 'transcript.text.done', text: SAID },
      ])
    : json({
        task: 'transcribe',
        language: 'english',
        duration: 2.5,
        text: SAID,
        segments: SEGMENTS,
        words: WORDS,
      });

const deepgram: Form = () =>
  json({
    metadata: { request_id: 'kit', duration: 2.5, channels: 1 },
    results: {
      channels: [
        {
          detected_language: 'en',
          alternatives: [
            {
              transcript: SAID,
              confidence: 0.9,
              words: WORDS.map((word) => ({ ...word, punctuated_word: word.word, speaker: 0 })),
            },
          ],
        },
      ],
    },
  });

const elevenlabs: Form = () =>
  json({
    language_code: 'eng',
    language_probability: 0.9,
    text: SAID,
    words: WORDS.flatMap(({ word, start, end }) => [
      { text: word, start, end, type: 'word', speaker_id: 'speaker_0' },
      { text: ' ', start: end, end, type: 'spacing', speaker_id: 'speaker_0' },
    ]),
  });

const huggingface: Form = ({ body }) =>
  json({
    text: SAID,
    ...(body?.includes('return_timestamps') === true && {
      chunks: SEGMENTS.map(({ text, start, end }) => ({ text, timestamp: [start, end] })),
    }),
  });

/** How the path of a request for speech ends → the protocol. */
const FORMS: readonly (readonly [RegExp, Form])[] = [
  [/\/audio\/speech$/, sound],
  [/\/speak$/, sound],
  [/\/text-to-speech\/[^/]+\/stream$/, sound],
  [/\/audio\/(?:transcriptions|translations)$/, openai],
  [/\/listen$/, deepgram],
  [/\/speech-to-text$/, elevenlabs],
  [/:(?:stream)?[gG]enerateContent$/, gemini],
  [/\/hf-inference\/models\/[^/]+\/[^/]+$/, huggingface],
];

/** The good answer to a request for speech, or for a transcription. @throws Error where the kit does not know the protocol */
export const audioAnswer: Form = (request) => {
  const { pathname } = new URL(request.url);
  const form = FORMS.find(([tail]) => tail.test(pathname))?.[1];
  if (form === undefined) throw new Error(`the kit knows no speech at ${pathname}`);
  return form(request);
};
