// The routes of `/v1/audio`: the client's own shapes. Source: https://platform.openai.com/docs/api-reference/audio

import type { SpeechParams, TranscriptionParams, TranslationParams } from '@g4f/client';
import type { Transcription, TranscriptionEvent } from '@g4f/core';
import { type Answer, textAnswer } from '../answer/answer.ts';
import { transcriptWriter } from '../dialects/openai/writers.ts';
import { jsonAnswer, sourceHeaders, streamHeaders } from '../exchange/answers.ts';
import { callOptions } from '../exchange/call-options.ts';
import type { Exchange } from '../exchange/exchange.ts';
import { readBody } from '../exchange/read-body.ts';
import { readForm } from '../exchange/read-form.ts';
import { soundBody } from '../exchange/sound-body.ts';
import { readStream } from '../json/json.ts';
import { checkedByClient } from './checked-by-client.ts';
import { eventAnswer } from './event-answer.ts';

/** `POST /v1/audio/speech`: the first bytes are awaited, so that an early failure has its own status. */
export const answerSpeech = async (exchange: Exchange): Promise<Answer> => {
  const body = await readBody(exchange);
  const params = checkedByClient<SpeechParams>(body);
  const speech = await exchange.client.audio.speech.create(params, callOptions(exchange, body));
  const { contentType, provider } = speech;
  return { status: 200, headers: streamHeaders(contentType, { provider }), body: soundBody(speech) };
};

/** `POST /v1/audio/transcriptions`: a form. */
export const answerTranscription = async (exchange: Exchange): Promise<Answer> => {
  const form = await readForm(exchange);
  const { transcriptions } = exchange.client.audio;
  const options = callOptions(exchange, form);
  const params = checkedByClient<TranscriptionParams>(form);
  const stream = readStream(form.stream, false);
  const answer = transcriptions.create({ ...params, stream }, options);
  return 'abort' in answer
    ? eventAnswer(exchange, answer, { writer: transcriptWriter, source })
    : transcriptAnswer(await answer);
};

/** `POST /v1/audio/translations`: a form. */
export const answerTranslation = async (exchange: Exchange): Promise<Answer> => {
  const form = await readForm(exchange);
  const params = checkedByClient<TranslationParams>(form);
  const options = callOptions(exchange, form);
  return transcriptAnswer(await exchange.client.audio.translations.create(params, options));
};

/** `text`, `srt` and `vtt` are texts, the others objects. */
const transcriptAnswer = (answer: Transcription | string): Answer =>
  typeof answer === 'string'
    ? textAnswer(answer, 'text/plain; charset=utf-8')
    : jsonAnswer(answer, sourceHeaders({ provider: answer.provider }));

const source = ({ provider }: TranscriptionEvent) => ({ provider });
