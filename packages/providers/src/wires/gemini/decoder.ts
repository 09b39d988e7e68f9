// Payloads of Gemini → events. Source: https://ai.google.dev/api/generate-content#v1beta.GenerateContentResponse
import { type ChatRequest, G4FError, LIMITS, type StreamEvent, tooMany } from '@g4f/core';
import { excerpt } from '../../http/failures/excerpt.ts';
import { failureInside, nothingSaid, type RequestFacts } from '../../http/failures/failure.ts';
import { requestIdOf } from '../../http/failures/request-id.ts';
import { readServiceError } from '../../http/failures/service-error.ts';
import { JSON_ELEMENTS } from '../../http/reading/json-elements.ts';
import type { WireDecoder } from '../../http/reading/wire-decoder.ts';
import { fewerAnswers } from '../decoding/finish-reason.ts';
import { asIndex, asObject, asText, itemsOf, type Json, otherFields } from '../decoding/json.ts';
import { PayloadFields } from '../decoding/payload-fields.ts';
import { saysError } from '../decoding/reported-failure.ts';
import { unreadable } from '../decoding/text-value.ts';
import { moreCounts } from '../decoding/usage.ts';
import type { Warn } from '../fit/warn.ts';
import { GeminiCandidate } from './candidate.ts';
import { inJsonNames } from './json-names.ts';
import { geminiUsage } from './usage.ts';

const KNOWN: ReadonlySet<string> = new Set([
  ...['candidates', 'usageMetadata', 'modelVersion', 'responseId', 'createTime', 'error'],
]);

/**
 * A decoder for one answer.
 *
 * @param headers of the response, for failures reported inside it. @param warn is told where answers are missing.
 */
export const createGeminiDecoder = (
  request: ChatRequest,
  asked: RequestFacts,
  headers: Readonly<Record<string, string>>,
  warn?: Warn,
): WireDecoder => new GeminiDecoder(request, asked, headers, warn);

class GeminiDecoder implements WireDecoder {
  readonly expected = 'a Gemini answer';
  readonly framing = JSON_ELEMENTS;
  readonly #request: ChatRequest;
  readonly #asked: RequestFacts;
  readonly #headers: Readonly<Record<string, string>>;
  readonly #fields: PayloadFields;
  readonly #candidates = new Map<number, GeminiCandidate>();
  readonly #warn: Warn | undefined;
  #hasStarted = false;
  #responseId = 'call';
  #counts: Json | undefined;

  constructor(
    request: ChatRequest,
    asked: RequestFacts,
    headers: Readonly<Record<string, string>>,
    warn?: Warn,
  ) {
    this.#warn = warn;
    this.#request = request;
    this.#asked = asked;
    this.#headers = headers;
    this.#fields = new PayloadFields(asked);
  }

  payload(json: unknown, _event: string, events: StreamEvent[], given?: string): boolean {
    const [payload, text] = inJsonNames(json, given);
    this.#fields.use(payload, text);
    if (payload !== undefined) this.#read(payload, events);
    this.#fields.use();
    return false;
  }

  whole(json: unknown, events: StreamEvent[], given?: string): boolean {
    const [body, text] = inJsonNames(json, given);
    if (body === undefined) return false;
    if (body.candidates == null && asObject(body.promptFeedback) === undefined) return false;
    this.payload(body, '', events, text);
    for (const candidate of this.#candidates.values())
      if (!candidate.finished() && !candidate.hasSaid) throw nothingSaid(this.#asked, this.#headers);
    return true;
  }

  finished(): boolean {
    if (this.#candidates.size < (this.#request.n ?? 1)) return false;
    for (const candidate of this.#candidates.values()) if (!candidate.finished()) return false;
    return true;
  }

  close(events: StreamEvent[]): void {
    if (this.#candidates.size === 0) throw nothingSaid(this.#asked, this.#headers);
    for (const candidate of this.#candidates.values()) candidate.close(events);
    const { n } = this.#request;
    const { size } = this.#candidates;
    if (n && size < n) this.#warn?.(fewerAnswers(n, size));
    const usage = geminiUsage(this.#counts);
    if (usage !== undefined) events.push({ type: 'usage', usage });
  }

  abandon(events: StreamEvent[]): void {
    for (const candidate of this.#candidates.values()) candidate.abandon(events);
  }

  #read(payload: Json, events: StreamEvent[]): void {
    const candidates = itemsOf(payload.candidates);
    const blocked = asText(asObject(payload.promptFeedback)?.blockReason);
    if (blocked !== undefined && candidates.length === 0)
      throw refused(blocked, payload, this.#asked, this.#headers);
    if (candidates.length > 0 || !saysError(payload.error)) this.#start(payload, events);
    this.#counts = moreCounts(this.#counts, payload.usageMetadata);
    for (const item of candidates) {
      const candidate = asObject(item) ?? {};
      this.#candidateAt(candidate.index ?? 0).read(candidate, events);
    }
    this.#failIfReported(payload, candidates.length > 0);
    const others = otherFields(payload, KNOWN);
    if (others !== undefined) events.push({ type: 'aside', extra: { chunk: others } });
  }

  /** A failure beside candidates comes after what they say; one without an `error` around it stands alone. */
  #failIfReported(payload: Json, hasCandidates: boolean): void {
    const isSaid = saysError(payload.error);
    const said = isSaid || !hasCandidates ? readServiceError(payload) : undefined;
    if (said === undefined && !isSaid) return;
    const words = said ?? { message: 'the service reported an error', labels: '' };
    throw failureInside(words, this.#asked, this.#headers);
  }

  #start(payload: Json, events: StreamEvent[]): void {
    if (this.#hasStarted) return;
    this.#hasStarted = true;
    const id = asText(payload.responseId);
    this.#responseId = id ?? this.#responseId;
    const created = Date.parse(asText(payload.createTime) ?? '');
    events.push({
      type: 'answer-start',
      model: asText(payload.modelVersion) ?? this.#request.model,
      ...(id !== undefined && { id }),
      ...(Number.isFinite(created) && { created: Math.floor(created / 1000) }),
    });
  }

  #candidateAt(value: unknown): GeminiCandidate {
    const index = asIndex(value);
    if (index === undefined) throw unreadable({ index: value }, this.#asked);
    let candidate = this.#candidates.get(index);
    if (candidate === undefined) {
      if (this.#candidates.size === LIMITS.choices) throw tooMany('choices', LIMITS.choices, this.#asked);
      candidate = new GeminiCandidate(index, this.#responseId, {
        request: this.#request,
        asked: this.#asked,
        headers: this.#headers,
        fields: this.#fields,
      });
      this.#candidates.set(index, candidate);
    }
    return candidate;
  }
}

const refused = (
  reason: string,
  payload: Json,
  asked: RequestFacts,
  headers: Readonly<Record<string, string>>,
): G4FError => {
  const { provider, model } = asked;
  const words = asText(asObject(payload.promptFeedback)?.blockReasonMessage);
  const why = excerpt(words === undefined ? reason : `${reason}: ${words}`, asked);
  return new G4FError(`${provider}: the service refuses the prompt (${why}). Change the request.`, {
    code: 'content-filter',
    provider,
    model,
    requestId: requestIdOf(headers),
  });
};
