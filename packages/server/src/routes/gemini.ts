// The routes of Google's Gemini API: a model and, after the last colon, what is asked of it.
// Source: https://ai.google.dev/api
import type { Answer } from '../answer/answer.ts';
import { readBatch, readEmbed, writeBatch, writeEmbed } from '../dialects/gemini/embed.ts';
import { geminiModel } from '../dialects/gemini/models.ts';
import { readGeminiChat } from '../dialects/gemini/request.ts';
import { jsonAnswer, sourceHeaders } from '../exchange/answers.ts';
import { callOptions } from '../exchange/call-options.ts';
import type { Exchange } from '../exchange/exchange.ts';
import { readBody } from '../exchange/read-body.ts';
import { refuse } from '../failure/refusal.ts';
import { ownFields } from '../guard/own-fields.ts';
import { answerChat } from './chat-route.ts';
import { findModel, listModels } from './models.ts';
import type { Route } from './route.ts';
import { countContents } from './tokens.ts';
import { embed } from './whole-answers.ts';

type Verb = (exchange: Exchange, model: string) => Promise<Answer>;

const chat =
  (stream: boolean): Verb =>
  async (exchange, model) =>
    answerChat(exchange, readGeminiChat(await readBody(exchange), exchange, model, stream));

const embedding =
  (read: typeof readEmbed, write: typeof writeEmbed): Verb =>
  async (exchange, model) => {
    const params = ownFields(read(await readBody(exchange), model), exchange.nameable, exchange.caller);
    const answer = await embed(exchange.client)(params, callOptions(exchange, params));
    return jsonAnswer(write(answer), sourceHeaders(answer));
  };

const VERBS: ReadonlyMap<string, Verb> = new Map([
  ['generateContent', chat(false)],
  ['streamGenerateContent', chat(true)],
  ['embedContent', embedding(readEmbed, writeEmbed)],
  ['batchEmbedContents', embedding(readBatch, writeBatch)],
  ['countTokens', countContents],
]);

function ask(exchange: Exchange): Promise<Answer> {
  const { asked = '' } = exchange.path;
  const at = asked.lastIndexOf(':');
  const verb = VERBS.get(asked.slice(at + 1));
  if (at > 0 && verb !== undefined) return verb(exchange, asked.slice(0, at));
  throw refuse(404, 'not-found', `This gateway answers models/{model}:${[...VERBS.keys()].join(', :')}.`);
}

const answerModels = async (exchange: Exchange): Promise<Answer> =>
  jsonAnswer({ models: (await listModels(exchange)).map(geminiModel) });

const answerModel = async (exchange: Exchange): Promise<Answer> =>
  jsonAnswer(geminiModel(await findModel(exchange, exchange.path.asked ?? '')));

/** Paths below `/v1beta`. */
export const GEMINI_ROUTES: readonly Route[] = [
  { method: 'POST', path: '/v1beta/models/:asked{.+}', answer: ask },
  { method: 'GET', path: '/v1beta/models/:asked{.+}', answer: answerModel },
  { method: 'GET', path: '/v1beta/models', answer: answerModels },
];
