// Payloads of Gemini → events. Source: https://ai.google.dev/api/generate-content#v1beta.GenerateContentResponse
import { type ChatRequest, G4FError, type StreamEvent } from '@g4f/core';
import { type Asked, failureInside, nothingSaid, requestIdOf } from '../http/failure.ts';
import { JSON_ELEMENTS } from '../http/json-elements.ts';
import { readServiceError } from '../http/service-error.ts';
import type { WireDecoder } from '../http/wire-decoder.ts';
import { type Candidate, createCandidate } from './gemini-candidate.ts';
import { asList, asNumber, asObject, asText, type Json, otherFields } from './json.ts';
import { geminiUsage, moreCounts } from './usage.ts';

const KNOWN: ReadonlySet<string> = new Set([
  ...['candidates', 'usageMetadata', 'modelVersion', 'responseId', 'createTime', 'error'],
]);

/**
 * A decoder for one answer; long because its readers share one state.
 *
 * @param headers of the response, for failures reported inside it.
 */
export const createGeminiDecoder = (
  request: ChatRequest,
  asked: Asked,
  headers: Readonly<Record<string, string>>,
): WireDecoder => {
  const candidates = new Map<number, Candidate>();
  const expected = request.n ?? 1;
  let started = false;
  let responseId = '';
  let counts: Json | undefined;

  const start = (payload: Json, events: StreamEvent[]): void => {
    if (started) return;
    started = true;
    responseId = asText(payload.responseId) ?? 'call';
    const created = Date.parse(asText(payload.createTime) ?? '');
    events.push({
      type: 'answer-start',
      model: asText(payload.modelVersion) ?? request.model,
      ...(responseId !== 'call' && { id: responseId }),
      ...(Number.isFinite(created) && { created: Math.floor(created / 1000) }),
    });
  };

  const candidateAt = (index: number): Candidate => {
    const candidate = candidates.get(index) ?? createCandidate(index, responseId, asked, headers);
    candidates.set(index, candidate);
    return candidate;
  };

  const read = (payload: Json, events: StreamEvent[]): void => {
    const said = payload.error ? readServiceError(payload) : undefined;
    if (said !== undefined) throw failureInside(said, asked, headers);
    const blocked = asText(asObject(payload.promptFeedback)?.blockReason);
    if (blocked !== undefined && asList(payload.candidates).length === 0)
      throw refused(blocked, payload, asked, headers);
    counts = moreCounts(counts, payload.usageMetadata);
    start(payload, events);
    for (const item of asList(payload.candidates)) {
      const candidate = asObject(item) ?? {};
      candidateAt(asNumber(candidate.index) ?? 0).read(candidate, events);
    }
    const others = otherFields(payload, KNOWN);
    if (others !== undefined) events.push({ type: 'aside', extra: { chunk: others } });
  };

  return {
    expected: 'a Gemini answer',
    framing: JSON_ELEMENTS,
    payload(json, _event, events) {
      const payload = asObject(json);
      if (payload !== undefined) read(payload, events);
      return false;
    },
    whole(json, events) {
      const body = asObject(json);
      if (body === undefined || body.error) return false;
      if (!Array.isArray(body.candidates) && asObject(body.promptFeedback) === undefined) return false;
      read(body, events);
      return true;
    },
    finished() {
      if (candidates.size < expected) return false;
      for (const candidate of candidates.values()) if (!candidate.finished()) return false;
      return true;
    },
    close(events) {
      if (candidates.size === 0) throw nothingSaid(asked, headers);
      for (const candidate of candidates.values()) candidate.close(events);
      const usage = geminiUsage(counts);
      if (usage !== undefined) events.push({ type: 'usage', usage });
    },
    abandon: () => undefined,
  };
};

const refused = (
  reason: string,
  payload: Json,
  { provider, model }: Asked,
  headers: Readonly<Record<string, string>>,
): G4FError => {
  const words = asText(asObject(payload.promptFeedback)?.blockReasonMessage);
  return new G4FError(
    `${provider}: the service refuses the prompt (${reason}${words === undefined ? '' : `: ${words}`}). Change the request.`,
    { code: 'content-filter', provider, model, requestId: requestIdOf(headers) },
  );
};
