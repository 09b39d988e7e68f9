// Answers with the vectors of texts: finds the embedded model's weights, has the engine compute, puts it in OpenAI's shape.

import type { Context, Embedding, EmbeddingFormat, EmbeddingRequest, EmbeddingResponse } from '@g4f/core';
import { toBase64 } from '../wires/decoding/vector.ts';
import { ask } from './engine/engine.ts';
import type { EngineReport } from './engine/engine-messages.ts';
import { engineFailed } from './engine/engine-process.ts';
import { leftByCaller, localError } from './failures/failure.ts';
import { nameInstead, ownModelName } from './model-name.ts';
import { openModel } from './open-model.ts';
import { MINILM } from './weights/model.ts';

/**
 * The vectors of all inputs, in one part. Each has length 1, as sentence-transformers gives them; its numbers are 32-bit
 * floats. `usage` counts the model's own tokens, with the two that it puts around each text.
 *
 * @throws G4FError `model-not-found` for another model's name; `invalid-request` for token arrays, and for a number of
 *   dimensions that the model does not have; `context-length` naming the first input that is too long: nothing is cut in
 *   silence; `no-provider` without runtime or weights; `server` when the engine fails; `aborted`.
 */
export async function* embedLocally(
  request: EmbeddingRequest,
  context: Context,
): AsyncGenerator<EmbeddingResponse> {
  const { signal, env } = context;
  if (signal.aborted) throw leftByCaller(signal);
  checkModelName(request.model, env);
  const { texts, format, dimensions } = readEmbeddingRequest(request, context);
  if (ownModelName(MINILM, env) === undefined) checkDimensions(dimensions, MINILM.bert.dimensions);
  const { load, name: model } = await openModel(context, MINILM, 'embed');
  const data: Embedding[] = [];
  let tokens = 0;
  for await (const batch of ask({ load, order: { kind: 'embed', texts }, env, signal })) {
    for (const report of batch) {
      if (report.kind === 'end') break;
      if (report.kind !== 'vector') throw failureOf(report, model);
      checkDimensions(dimensions, report.numbers.length);
      tokens += report.tokens;
      data.push({ object: 'embedding', index: data.length, embedding: write(report.numbers, format) });
    }
  }
  if (data.length !== texts.length)
    throw engineFailed(`it gave ${data.length} vectors for ${texts.length} texts`);
  yield { object: 'list', data, model, usage: { prompt_tokens: tokens, total_tokens: tokens } };
}

/** @throws G4FError `model-not-found` saying what to write. */
function checkModelName(asked: string, env: Context['env']): void {
  const name = nameInstead(asked, MINILM, env);
  if (name === undefined) return;
  throw localError(
    'model-not-found',
    `there is no embedding model ${JSON.stringify(asked)} on this machine, only ${name}. Write model: ${JSON.stringify(name)}, and embed with it all texts that are compared.`,
  );
}

interface LocalEmbeddingRequest {
  readonly texts: readonly string[];
  readonly format: EmbeddingFormat;
  readonly dimensions: number | undefined;
}

const HONOURED: ReadonlySet<string> = new Set(['model', 'input', 'dimensions', 'encoding_format', 'user']);

function readEmbeddingRequest(
  request: EmbeddingRequest,
  { warn, extraBody }: Pick<Context, 'warn' | 'extraBody'>,
): LocalEmbeddingRequest {
  for (const [name, value] of Object.entries(request)) {
    if (value === undefined || value === null || HONOURED.has(name)) continue;
    warn(`local: the embedded model cannot honour "${name}"; it was ignored.`);
  }
  if (extraBody !== undefined) warn('local: the embedded model is sent no body: extraBody was ignored.');
  const texts = request.input.filter((input) => typeof input === 'string');
  if (texts.length < request.input.length) {
    throw localError(
      'invalid-request',
      "input holds tokens, which are numbers of another model's vocabulary. Give the embedded model texts, or choose another provider.",
    );
  }
  const format: unknown = request.encoding_format ?? 'float';
  if (format !== 'float' && format !== 'base64')
    throw localError(
      'invalid-request',
      `encoding_format must be "float" or "base64", not ${JSON.stringify(format)}.`,
    );
  return { texts, format, dimensions: request.dimensions ?? undefined };
}

/** @throws G4FError `invalid-request`: a vector that was cut would not be what the model was trained to give. */
function checkDimensions(asked: number | undefined, actual: number): void {
  if (asked === undefined || asked === actual) return;
  throw localError(
    'invalid-request',
    `dimensions: the embedded model's vectors have ${actual} numbers and cannot be made ${asked} long. Leave dimensions out, or choose a model that is made for it.`,
  );
}

function failureOf(report: EngineReport, model: string): Error {
  switch (report.kind) {
    case 'text-too-long':
      return localError(
        'context-length',
        `input[${report.index}] has ${report.tokens} tokens, and the limit of ${model} is ${report.limit}. Cut it into shorter texts or choose another provider.`,
      );
    case 'failed':
      return engineFailed(report.message);
    default:
      return engineFailed(`it said "${report.kind}" instead of a vector`);
  }
}

/** No vector is shorter than this when it is divided by its length: one of zeros stays so. */
const LEAST_LENGTH = 1e-12;

/** The vector divided by its length, as numbers or as the base64 of little-endian 32-bit floats. */
function write(vector: readonly number[], format: EmbeddingFormat): Embedding['embedding'] {
  const length = Math.max(Math.hypot(...vector), LEAST_LENGTH);
  const numbers = vector.map((number) => Math.fround(number / length));
  return format === 'float' ? numbers : toBase64(numbers);
}
