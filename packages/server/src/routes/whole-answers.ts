// Operations that answer once: embeddings and moderations. Their shapes are the client's own.

import type { AsyncClient } from '@g4f/client';
import type { Answer } from '../answer/answer.ts';
import { jsonAnswer, sourceHeaders } from '../exchange/answers.ts';
import { callOptions, type GatewayCallOptions } from '../exchange/call-options.ts';
import type { Exchange } from '../exchange/exchange.ts';
import { readBody } from '../exchange/read-body.ts';
import type { Json } from '../json/json.ts';
import { checkedByClient } from './checked-by-client.ts';

/** A method of the client that answers once. */
type Create<Whole> = (params: Json, options: GatewayCallOptions) => Promise<Whole>;

/** The vectors. */
export const embed: (
  client: AsyncClient,
) => Create<Awaited<ReturnType<AsyncClient['embeddings']['create']>>> = (client) => (params, options) =>
  client.embeddings.create(
    checkedByClient<Parameters<AsyncClient['embeddings']['create']>[0]>(params),
    options,
  );

const moderate: (client: AsyncClient) => Create<Awaited<ReturnType<AsyncClient['moderations']['create']>>> =
  (client) => (params, options) =>
    client.moderations.create(
      checkedByClient<Parameters<AsyncClient['moderations']['create']>[0]>(params),
      options,
    );

const answering =
  <Whole extends { readonly model: string; readonly provider?: string }>(
    of: (client: AsyncClient) => Create<Whole>,
  ) =>
  async (exchange: Exchange): Promise<Answer> => {
    const params = await readBody(exchange);
    const answer = await of(exchange.client)(params, callOptions(exchange, params));
    return jsonAnswer(answer, sourceHeaders(answer));
  };

/** `POST /v1/embeddings` */
export const answerEmbeddings = answering(embed);

/** `POST /v1/moderations` */
export const answerModerations = answering(moderate);
