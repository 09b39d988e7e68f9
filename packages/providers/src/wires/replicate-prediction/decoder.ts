// A Replicate prediction → events: its stream of text, or the prediction itself where it is done already.
// Source: https://replicate.com/docs/topics/predictions/streaming#receiving-streaming-output
import { type ChatRequest, G4FError, type StreamEvent } from '@g4f/core';
import { failureInside, nothingSaid, type RequestFacts } from '../../http/failures/failure.ts';
import { readServiceError } from '../../http/failures/service-error.ts';
import type { WireDecoder } from '../../http/reading/wire-decoder.ts';
import { AnswerText } from '../decoding/answer-text.ts';
import { asObject, asText, type Json } from '../decoding/json.ts';
import { readTextValue } from '../decoding/text-value.ts';

/** @param headers of the response, for failures reported inside it. */
export const createPredictionDecoder = (
  request: ChatRequest,
  asked: RequestFacts,
  headers: Readonly<Record<string, string>>,
): WireDecoder => {
  const answer = new AnswerText(request, undefined, 'any');
  let started = false;
  let ended = false;

  const read = (text: string, events: StreamEvent[]): void => {
    if (!started) events.push({ type: 'answer-start', model: request.model });
    started = true;
    answer.say(text, events);
  };

  /** A prediction that stops without success: `canceled`, `failed`, `error`. */
  const stopped = (how: string, prediction: Json): G4FError =>
    failureInside(
      readServiceError(prediction) ?? { message: `the prediction ended as ${how}`, labels: '' },
      asked,
      headers,
    );

  return {
    expected: 'a prediction',
    textEvent: 'output',
    payload(json, event, events) {
      if (event === 'output' && typeof json === 'string') read(json, events);
      if (event !== 'done') return false;
      const done = asObject(json) ?? {};
      const reason = asText(done.reason);
      if (reason !== undefined) throw stopped(reason, done);
      ended = true;
      return true;
    },
    whole(json, events) {
      const prediction = asObject(json);
      const status = asText(prediction?.status);
      if (prediction === undefined || status === undefined) return false;
      if (/^(?:failed|canceled|aborted)$/.test(status)) throw stopped(status, prediction);
      if (status !== 'succeeded') throw silent(request.model, asked);
      const { output } = prediction;
      for (const piece of Array.isArray(output) ? output : [output]) {
        const text = readTextValue(piece, asked);
        if (text !== '') read(text, events);
      }
      ended = true;
      return true;
    },
    finished: () => ended,
    close(events) {
      if (!started) throw nothingSaid(asked, headers);
      answer.flush(events);
      events.push({ type: 'finish', reason: 'stop' });
    },
    abandon: (events) => answer.flush(events),
  };
};

const silent = (model: string, { provider }: RequestFacts): G4FError =>
  new G4FError(
    `${provider}: ${model} does not stream what it makes. Choose a language model that does: https://replicate.com/collections/streaming-language-models.`,
    { code: 'invalid-request', provider, model },
  );
