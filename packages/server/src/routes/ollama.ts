// The routes of Ollama's API. Source: https://docs.ollama.com/api

import type { EmbeddingResponse } from '@g4f/core';
import type { Answer } from '../answer/answer.ts';
import type { ReadChat } from '../dialects/dialect.ts';
import { ollamaModel, shownModel } from '../dialects/ollama/models.ts';
import { modelOf, nanosecondsSince } from '../dialects/ollama/ollama.ts';
import { loadsOnly, readOllamaChat, readOllamaGenerate } from '../dialects/ollama/request.ts';
import { type Form, loaded } from '../dialects/ollama/writer.ts';
import { jsonAnswer, sourceHeaders } from '../exchange/answers.ts';
import { callOptions } from '../exchange/call-options.ts';
import type { Exchange } from '../exchange/exchange.ts';
import { readBody } from '../exchange/read-body.ts';
import { definedFields, without } from '../json/json.ts';
import { answerChat } from './chat-route.ts';
import { checkOffered, findModel, listModels } from './models.ts';
import type { Route } from './route.ts';
import { embed } from './whole-answers.ts';

/** The version of Ollama whose API this is: programs look whether it has what they need. */
const VERSION = '0.12.0';

const chat =
  (read: ReadChat, form: Form) =>
  async (exchange: Exchange): Promise<Answer> => {
    const body = await readBody(exchange);
    const call = read(body, exchange);
    if (!loadsOnly(call)) return answerChat(exchange, call);
    const model = modelOf(body.model);
    await checkOffered(
      exchange,
      model,
      `model '${model.slice(0, 200)}' not found: GET /api/tags lists those that there are.`,
    );
    return jsonAnswer(loaded(model, form, body.keep_alive));
  };

/** How texts are cut and models are kept loaded is Ollama's own business. */
const IN_EMBED: ReadonlySet<string> = new Set([
  'model',
  'input',
  'dimensions',
  'truncate',
  'keep_alive',
  'options',
]);

async function answerEmbed(exchange: Exchange): Promise<Answer> {
  const startedAt = performance.now();
  const body = await readBody(exchange);
  const { input, dimensions } = body;
  const params = {
    ...without(body, IN_EMBED),
    model: modelOf(body.model),
    ...definedFields({ input, dimensions }),
  };
  const answer = await embed(exchange.client)(params, callOptions(exchange, params));
  return jsonAnswer(
    { ...embedBody(answer), total_duration: nanosecondsSince(startedAt) },
    sourceHeaders(answer),
  );
}

const embedBody = ({ model, data, usage }: EmbeddingResponse): object => ({
  model,
  embeddings: data.map(({ embedding }) => embedding),
  ...(usage !== undefined && { prompt_eval_count: usage.prompt_tokens }),
});

const answerTags = async (exchange: Exchange): Promise<Answer> =>
  jsonAnswer({ models: (await listModels(exchange)).map(ollamaModel) });

async function answerShow(exchange: Exchange): Promise<Answer> {
  const { model, name } = await readBody(exchange);
  return jsonAnswer(shownModel(await findModel(exchange, modelOf(model ?? name))));
}

/** Paths below `/api`. */
export const OLLAMA_ROUTES: readonly Route[] = [
  { method: 'POST', path: '/api/chat', answer: chat(readOllamaChat, 'message') },
  { method: 'POST', path: '/api/generate', answer: chat(readOllamaGenerate, 'response') },
  { method: 'POST', path: '/api/embed', answer: answerEmbed },
  { method: 'GET', path: '/api/tags', answer: answerTags },
  { method: 'POST', path: '/api/show', answer: answerShow },
  { method: 'GET', path: '/api/version', answer: () => jsonAnswer({ version: VERSION }) },
];
