// The routes of OpenAI's API. Source: https://platform.openai.com/docs/api-reference
import type { Answer } from '../answer/answer.ts';
import { anthropicModel, anthropicModels } from '../dialects/anthropic/models.ts';
import { readOpenaiChat } from '../dialects/openai/chat.ts';
import { jsonAnswer } from '../exchange/answers.ts';
import type { Exchange } from '../exchange/exchange.ts';
import { answerSpeech, answerTranscription, answerTranslation } from './audio.ts';
import { chatAnswer } from './chat-route.ts';
import { answerEdits, answerGenerations, answerVariations } from './images.ts';
import { findModel, listModels } from './models.ts';
import { answerProviders } from './providers.ts';
import { answerResponse, answerStored, deleteStored } from './responses.ts';
import type { Route } from './route.ts';
import { answerText } from './texts.ts';
import { answerEmbeddings, answerModerations } from './whole-answers.ts';

/** Anthropic's list has the same address, and its programs this header. */
const isAnthropic = ({ request }: Exchange): boolean => request.headers.has('anthropic-version');

async function answerModels(exchange: Exchange): Promise<Answer> {
  const data = await listModels(exchange);
  return jsonAnswer(isAnthropic(exchange) ? anthropicModels(data) : { object: 'list', data });
}

async function answerModel(exchange: Exchange): Promise<Answer> {
  const model = await findModel(exchange, exchange.path.id ?? '');
  return jsonAnswer(isAnthropic(exchange) ? anthropicModel(model) : model);
}

/** Paths below `/v1` that are OpenAI's. */
export const OPENAI_ROUTES: readonly Route[] = [
  { method: 'POST', path: '/v1/chat/completions', answer: chatAnswer(readOpenaiChat) },
  { method: 'POST', path: '/v1/responses', answer: answerResponse },
  { method: 'GET', path: '/v1/responses/:id', answer: answerStored },
  { method: 'DELETE', path: '/v1/responses/:id', answer: deleteStored },
  { method: 'POST', path: '/v1/completions', answer: answerText },
  { method: 'POST', path: '/v1/images/generations', answer: answerGenerations },
  { method: 'POST', path: '/v1/images/edits', answer: answerEdits },
  { method: 'POST', path: '/v1/images/variations', answer: answerVariations },
  { method: 'POST', path: '/v1/audio/speech', answer: answerSpeech },
  { method: 'POST', path: '/v1/audio/transcriptions', answer: answerTranscription },
  { method: 'POST', path: '/v1/audio/translations', answer: answerTranslation },
  { method: 'POST', path: '/v1/embeddings', answer: answerEmbeddings },
  { method: 'POST', path: '/v1/moderations', answer: answerModerations },
  { method: 'GET', path: '/v1/providers', answer: answerProviders },
  { method: 'GET', path: '/v1/models', answer: answerModels },
  { method: 'GET', path: '/v1/models/:id{.+}', answer: answerModel },
];
