// Answers a conversation with the embedded model: finds the weights, has the engine compute, says it in events.
import type { Batch, ChatRequest, Context, StreamEvent } from '@g4f/core';
import { readRequest } from './asked.ts';
import { ask, isEngineRunning, type Question } from './engine/engine.ts';
import type { EngineReport } from './engine/engine-messages.ts';
import { engineFailed } from './engine/engine-process.ts';
import { leftByCaller, localError } from './failures/failure.ts';
import { LOADED, type Loading, sayLoading } from './loading.ts';
import { nameInstead } from './model-name.ts';
import { openModel } from './open-model.ts';
import { createStopFilter } from './stop-words.ts';
import { SMOLLM2 } from './weights/model.ts';
import { standardError } from './weights/progress.ts';

/**
 * The answer as batches of events.
 *
 * @throws G4FError `model-not-found` for another model's name, `no-provider` without runtime or weights, `invalid-request`, `context-length` with the number of
 *   tokens and the limit, `server` when the engine fails, `aborted`.
 */
export async function* chatLocally(request: ChatRequest, context: Context): AsyncGenerator<Batch> {
  if (context.signal.aborted) throw leftByCaller(context.signal);
  checkModelName(request.model, context.env);
  const asked = readRequest(request, context.warn);
  if (context.extraBody !== undefined)
    context.warn('local: the embedded model is sent no body: extraBody was ignored.');
  const { load, name: model } = await openModel(context, SMOLLM2, 'chat');
  const loading = isEngineRunning(load) ? LOADED : sayLoading(standardError(context.env), model);
  const count: Count = { prompt: 0, completion: 0 };
  for (let choice = 0; choice < asked.answers; choice++) {
    const choosing = { ...asked.choosing, seed: (asked.choosing.seed + choice) >>> 0 };
    const { messages, maxTokens, grammar } = asked;
    const question: Question = {
      load,
      order: { kind: 'generate', messages, choosing, maxTokens, ...(grammar !== undefined && { grammar }) },
      env: context.env,
      signal: context.signal,
    };
    yield* oneAnswer(question, { stops: asked.stops, model, choice, count, loading });
  }
  const { prompt: prompt_tokens, completion: completion_tokens } = count;
  const usage = { prompt_tokens, completion_tokens, total_tokens: prompt_tokens + completion_tokens };
  yield [{ type: 'usage', usage }];
}

/** @throws G4FError `model-not-found` saying what to write. */
const checkModelName = (asked: string, env: Context['env']): void => {
  const name = nameInstead(asked, SMOLLM2, env);
  if (name === undefined) return;
  throw localError(
    'model-not-found',
    `there is no model ${JSON.stringify(asked)} on this machine, only ${name}. Write model: ${JSON.stringify(name)}; or, to let it answer for another openly, fallback: "local" and not provider: "local".`,
  );
};

/** Tokens counted so far, by the model's own tokenizer. */
interface Count {
  prompt: number;
  completion: number;
}

interface Saying {
  readonly stops: readonly string[];
  readonly model: string;
  readonly choice: number;
  readonly count: Count;
  readonly loading: Loading;
}

async function* oneAnswer(question: Question, saying: Saying): AsyncGenerator<Batch> {
  const stops = createStopFilter(saying.stops);
  for await (const batch of ask(question)) {
    const events: StreamEvent[] = [];
    const finished = batch.some((report) => sayReport(report, stops, saying, events));
    if (events.length > 0) yield events;
    // Leaving the loop stops the engine: nothing is computed after a stop word.
    if (finished) return;
  }
}

/** Adds what one report means; true when the answer is complete. */
function sayReport(
  report: EngineReport,
  stops: ReturnType<typeof createStopFilter>,
  { model, choice, count, loading }: Saying,
  events: StreamEvent[],
): boolean {
  const text = (shown: string): void => {
    if (shown !== '') events.push({ type: 'text-delta', text: shown, choice });
  };
  switch (report.kind) {
    case 'prompt':
      count.prompt = report.tokens;
      if (choice > 0) return false;
      loading.reading(report.tokens);
      events.push({ type: 'answer-start', model });
      return false;
    case 'text': {
      count.completion += report.tokens;
      const piece = stops.push(report.text);
      text(piece.text);
      if (piece.stopped) events.push({ type: 'finish', reason: 'stop', rawReason: 'stop word', choice });
      return piece.stopped;
    }
    case 'end': {
      text(stops.end());
      const reason = report.reason === 'length' ? 'length' : 'stop';
      events.push({ type: 'finish', reason, rawReason: report.reason, choice });
      return true;
    }
    case 'too-long':
      throw localError(
        'context-length',
        `the conversation has ${report.tokens} tokens, and the model's limit is ${report.limit}, the answer included. Shorten it or choose another provider.`,
      );
    case 'bad-grammar':
      throw localError(
        'invalid-request',
        `the runtime cannot keep an answer to this response_format (${report.message}). Make its schema simpler or choose another provider.`,
      );
    case 'failed':
      throw engineFailed(report.message);
    default:
      throw engineFailed(`it said "${report.kind}" in the middle of an answer`);
  }
}
