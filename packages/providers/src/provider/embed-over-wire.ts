// Embeddings over a wire: the inputs are sent in batches that the service takes, and their vectors become one answer.
import type { Context, EmbeddingRequest, EmbeddingResponse } from '@g4f/core';
import { refusal } from '../http/failures/failure.ts';
import { readJsonAnswer } from '../http/reading/json-answer.ts';
import { toBase64 } from '../wires/decoding/vector.ts';
import type { EmbedEndpoint, EmbedFacts, ReadEmbeddings } from '../wires/embed-endpoint.ts';
import { openaiEmbeddings } from '../wires/openai-chat/embeddings.ts';
import { batchesOf, runAll } from './embed-batches.ts';
import { fitEmbedding, type KnownEmbedFacts } from './embed-request.ts';
import { checkSizes, readVectors } from './embedding-answer.ts';
import { ownFields } from './own-fields.ts';
import { prepare, type Spoken, toPost } from './prepare-request.ts';

/** The vectors of all inputs in their order. @param given what the service takes; all that its protocol has a place for, unless it says so */
export const embedOverWire = (
  spoken: Spoken,
  named: EmbedEndpoint | 'openai',
  given: EmbedFacts,
  request: EmbeddingRequest,
  context: Context,
): Promise<EmbeddingResponse> => {
  const endpoint = named === 'openai' ? openaiEmbeddings : named;
  const facts = ownFields({ ...given, takes: given.takes ?? endpoint.takes });
  return embedAll({ spoken, endpoint, facts, context }, request);
};

interface Call {
  readonly spoken: Spoken;
  readonly endpoint: EmbedEndpoint;
  readonly facts: KnownEmbedFacts;
  readonly context: Context;
}

/** What one batch was answered with. */
interface BatchAnswer extends Omit<ReadEmbeddings, 'vectors'> {
  readonly vectors: readonly number[][];
}

async function embedAll(call: Call, request: EmbeddingRequest): Promise<EmbeddingResponse> {
  const { spoken, facts, context } = call;
  const { id } = spoken.facts;
  const fit = fitEmbedding(request, id, facts, context.warn);
  const answers = await runAll(
    batchesOf(fit, facts),
    (input, signal) => embedBatch(call, { ...fit, input }, signal),
    context,
  );
  const vectors = answers.flatMap((answer) => answer.vectors);
  checkSizes(vectors, fit.dimensions, { provider: id, model: request.model });
  const usage = usageOf(answers);
  return {
    object: 'list',
    data: vectors.map((numbers, index) => ({
      object: 'embedding',
      index,
      embedding: request.encoding_format === 'base64' ? toBase64(numbers) : numbers,
    })),
    model: answers[0]?.model ?? request.model,
    ...(usage !== undefined && { usage }),
  };
}

/** One request of the call. */
async function embedBatch(
  { spoken, endpoint, facts, context }: Call,
  request: EmbeddingRequest,
  signal: AbortSignal | undefined,
): Promise<BatchAnswer> {
  const { model, input } = request;
  const prepared = prepare(spoken, context, endpoint.path(request), { model, messages: { input } });
  const { asked } = prepared;
  const post = toPost(prepared, 'application/json', endpoint.encode(request, facts), context);
  const response = await context.send({ ...post, ...(signal !== undefined && { signal }) });
  if (response.status >= 300) throw await refusal(response, asked);
  const answer = await readJsonAnswer(response, asked, 'a list of embeddings', endpoint.read);
  return { ...answer, vectors: readVectors(answer.vectors, input.length, asked) };
}

/** The sum, where every answer has its count. */
function usageOf(answers: readonly BatchAnswer[]): EmbeddingResponse['usage'] {
  let sum = 0;
  for (const { tokens } of answers) {
    if (tokens === undefined) return undefined;
    sum += tokens;
  }
  return { prompt_tokens: sum, total_tokens: sum };
}
