// OpenAI's published document accepts what comes back from every operation besides chat and responses, whoever answered it.
import { AsyncClient } from '@g4f/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DocumentedService, startDocumentedService } from './documented-service.ts';
import * as heardBy from './heard-answers.ts';
import { type Answer, partsOf } from './parts-of.ts';
import { problemsOf } from './schema-problems.ts';
import * as said from './service-answers.ts';

let service: DocumentedService;
beforeAll(async () => {
  service = await startDocumentedService();
});
afterAll(() => service.close());

type Ask = (client: AsyncClient) => Answer;

interface Row {
  readonly schema: string;
  readonly provider: string;
  readonly answer: said.DocumentedAnswer;
  readonly ask: Ask;
  /** What the document wants and the service does not tell: nothing is made up in its place. */
  readonly untold: readonly string[];
}

type Answers = readonly (readonly [
  provider: string,
  answer: said.DocumentedAnswer,
  untold?: readonly string[],
])[];

const clientFor = (provider: string): AsyncClient =>
  new AsyncClient({ env: {}, provider, baseURL: `${service.url}/v1`, apiKey: 'key', maxRetries: 0 });

const file = new File([said.WAV], 'a.wav', { type: 'audio/wav' });
const image = new File([Buffer.from(said.PNG, 'base64')], 'a.png', { type: 'image/png' });

const rows = (schema: string, ask: Ask, answers: Answers): readonly Row[] =>
  answers.map(([provider, answer, untold = []]) => ({ schema, provider, answer, ask, untold }));

const without = (place: string, ...names: readonly string[]): readonly string[] =>
  names.map((name) => `${place}: Instance does not have required property "${name}".`);
/** Whisper's measures, which other models do not have. */
const MEASURES = ['seek', 'tokens', 'temperature', 'avg_logprob', 'compression_ratio', 'no_speech_prob'];
/** A service that counts tokens, where the document knows seconds alone. */
const TOKENS = [
  ...without('#/usage', 'seconds'),
  '#/usage/type: Instance does not match any of ["duration"].',
];

const embed: Ask = ({ embeddings }) => embeddings.create({ model: 'm', input: ['a', 'b'] });
const moderate: Ask = ({ moderations }) => moderations.create({ model: 'm', input: 'a' });
const complete: Ask = ({ completions }) => completions.create({ model: 'm', prompt: 'Once', max_tokens: 5 });
/** OpenAI's own streams have null until a text ends, which its document leaves out. */
const completed: Ask = async function* ({ completions }) {
  const asked = { model: 'm', prompt: 'Once', max_tokens: 5 } as const;
  for await (const { choices, ...chunk } of completions.create({ ...asked, stream: true }))
    yield {
      ...chunk,
      choices: choices.map(({ finish_reason, ...choice }) => ({
        ...choice,
        finish_reason: finish_reason ?? 'stop',
      })),
    };
};
const draw: Ask = ({ images }) => images.generate({ model: 'm', prompt: 'a cat' });
const drawn: Ask = ({ images }) => images.generate({ model: 'm', prompt: 'a cat', stream: true });
const edited: Ask = ({ images }) => images.edit({ model: 'm', image, prompt: 'a cat', stream: true });
const hear: Ask = ({ audio }) => audio.transcriptions.create({ model: 'm', file });
const timed: Ask = ({ audio }) =>
  audio.transcriptions.create({
    model: 'm',
    file,
    response_format: 'verbose_json',
    timestamp_granularities: ['segment', 'word'],
  });
const heard: Ask = ({ audio }) => audio.transcriptions.create({ model: 'm', file, stream: true });
/** The document knows tokens alone at the end of a stream; Deepgram counts seconds. */
const heardInSeconds: Ask = async function* (client) {
  for await (const { usage, ...event } of client.audio.transcriptions.create({
    model: 'm',
    file,
    stream: true,
  })) {
    if (event.type === 'transcript.text.done')
      expect(usage).toEqual({ type: 'duration', seconds: 25.933313 });
    yield event;
  }
};
const who: Ask = ({ audio }) =>
  audio.transcriptions.create({ model: 'm', file, response_format: 'diarized_json' });
const translate: Ask = ({ audio }) => audio.translations.create({ model: 'm', file });

const ROWS: readonly Row[] = [
  ...rows('CreateEmbeddingResponse', embed, [
    ['openai', said.openaiVectors],
    ['cohere', said.cohereVectors],
    ['gemini', said.geminiVectors],
    ['ollama', said.ollamaVectors],
  ]),
  ...rows('CreateModerationResponse', moderate, [['openai', said.openaiModeration]]),
  ...rows('CreateCompletionResponse', complete, [
    ['fireworks', said.text],
    ['llamacpp', said.llamaText],
    ['mistral', said.chatText],
  ]),
  ...rows('CreateCompletionResponse', completed, [
    ['fireworks', said.textStream],
    ['mistral', said.chatTextStream],
  ]),
  ...rows('ImagesResponse', draw, [
    ['openai', said.openaiImages],
    ['together', said.bareImages],
    ['gemini', said.geminiImages, without('#/usage', 'input_tokens_details')],
    ['minimax', said.minimaxImages],
  ]),
  ...rows('ImageGenStreamEvent', drawn, [['openai', said.imageStream('image_generation')]]),
  ...rows('ImageEditStreamEvent', edited, [['openai', said.imageStream('image_edit')]]),
  ...rows('CreateTranscriptionResponseJson', hear, [
    ['openai', heardBy.openaiHeard],
    ['deepgram', heardBy.deepgramHeard],
    ['elevenlabs', heardBy.elevenlabsHeard],
    ['mistral', heardBy.mistralHeard],
    ['gemini', heardBy.geminiHeard],
  ]),
  ...rows('CreateTranscriptionResponseVerboseJson', timed, [
    ['openai', heardBy.openaiTimed],
    [
      'deepgram',
      heardBy.deepgramHeard,
      [...without('#/segments/0', ...MEASURES), ...without('#/segments/1', ...MEASURES)],
    ],
    ['elevenlabs', heardBy.elevenlabsHeard, without('#/segments/0', ...MEASURES)],
    ['mistral', heardBy.mistralHeard, [...without('#/segments/0', ...MEASURES), ...TOKENS]],
  ]),
  ...rows('CreateTranscriptionResponseDiarizedJson', who, [
    ['openai', heardBy.openaiWho],
    ['deepgram', heardBy.deepgramHeard],
    ['elevenlabs', heardBy.elevenlabsHeard],
  ]),
  ...rows('CreateTranscriptionResponseStreamEvent', heard, [
    ['openai', heardBy.openaiHeardStream],
    ['mistral', heardBy.mistralHeardStream],
  ]),
  ...rows('CreateTranscriptionResponseStreamEvent', heardInSeconds, [['deepgram', heardBy.deepgramHeard]]),
  ...rows('CreateTranslationResponseJson', translate, [['openai', heardBy.openaiHeard]]),
  ...rows('Response', ({ responses }) => responses.create({ model: 'm', input: 'hi' }), [
    ['openai-responses', said.llamaResponse],
  ]),
  ...rows('ResponseStreamEvent', ({ responses }) => responses.stream({ model: 'm', input: 'hi' }), [
    ['openai-responses', said.llamaResponseStream],
  ]),
  ...rows('ListModelsResponse', ({ models }) => models.list(), [
    ['openai', said.openaiModels],
    ['llamacpp', said.llamaModels],
    ['cohere', said.cohereModels],
  ]),
];

/** What is wrong, without the places that it is in. */
const leaves = (problems: readonly string[]): readonly string[] =>
  problems.filter(
    (problem) => !/A subschema had errors|did not match schema|does not match schema/.test(problem),
  );

describe.each(ROWS)('$schema by $provider', ({ schema, provider, answer, ask, untold }) => {
  it('is what the document says', async () => {
    service.answer = answer;
    const parts = await partsOf(ask(clientFor(provider)));
    expect(parts).not.toEqual([]);
    for (const part of parts) expect(leaves(problemsOf(schema, part)), JSON.stringify(part)).toEqual(untold);
  });
});
