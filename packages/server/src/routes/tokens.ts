// How many tokens a request has, at Anthropic's and at Gemini's address: an estimate, and said to be one.
// Sources: https://platform.claude.com/docs/en/api/messages-count-tokens and https://ai.google.dev/api/tokens
import type { Answer } from '../answer/answer.ts';
import { readAnthropicChat } from '../dialects/anthropic/request.ts';
import { readGeminiChat } from '../dialects/gemini/request.ts';
import { jsonAnswer } from '../exchange/answers.ts';
import type { Exchange } from '../exchange/exchange.ts';
import { readBody } from '../exchange/read-body.ts';
import { givenObject, type Json } from '../json/json.ts';

const ESTIMATE = { 'x-g4f-estimate': 'true' };

const estimate = async (params: Json): Promise<number> => {
  const { estimateTokens } = await import('../tokens/estimate-tokens.ts');
  return estimateTokens(params);
};

/** `POST /v1/messages/count_tokens` */
export const countMessages = async (exchange: Exchange): Promise<Answer> => {
  const { params } = readAnthropicChat(await readBody(exchange), exchange);
  return jsonAnswer({ input_tokens: await estimate(params) }, ESTIMATE);
};

/** `:countTokens`, of contents alone or of a whole request. */
export const countContents = async (exchange: Exchange, model: string): Promise<Answer> => {
  const body = await readBody(exchange);
  const asked = givenObject(body.generateContentRequest, 'generateContentRequest') ?? body;
  const { params } = readGeminiChat(asked, exchange, model, false);
  return jsonAnswer({ totalTokens: await estimate(params) }, ESTIMATE);
};
