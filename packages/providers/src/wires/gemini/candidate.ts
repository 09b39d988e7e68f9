// One candidate of a Gemini answer, over all its payloads: text, thoughts, calls, pictures, sources, finish.
// Source: https://ai.google.dev/api/generate-content#candidate and https://ai.google.dev/api/caching#Part
import {
  type ChatRequest,
  type Extra,
  type FinishReason,
  G4FError,
  type ReasoningDetail,
  type StreamEvent,
} from '@g4f/core';
import type { RequestFacts } from '../../http/failures/failure.ts';
import { requestIdOf } from '../../http/failures/request-id.ts';
import { AnswerText } from '../decoding/answer-text.ts';
import { badEnding, type Endings, readEnding } from '../decoding/finish-reason.ts';
import { asObject, asText, itemsOf, type Json, otherFields } from '../decoding/json.ts';
import { rawReason } from '../decoding/openai-content.ts';
import type { PayloadFields } from '../decoding/payload-fields.ts';
import { GeminiCalls } from './calls.ts';
import { GEMINI_FORMAT } from './content.ts';
import { Grounding } from './grounding.ts';
import { logProbsOf } from './log-probs.ts';
import { SoundPieces } from './sound-pieces.ts';

interface Ending {
  readonly reason: FinishReason;
  /** Undefined where the service named none. */
  readonly raw: string | undefined;
}

const KNOWN: ReadonlySet<string> = new Set([
  ...['content', 'finishReason', 'finishMessage', 'index', 'groundingMetadata'],
]);
const KNOWN_IN_PART: ReadonlySet<string> = new Set([
  ...['text', 'thought', 'thoughtSignature', 'functionCall', 'inlineData'],
]);
/**
 * All others (`OTHER`, `NO_IMAGE`, `MALFORMED_FUNCTION_CALL`, `UNEXPECTED_TOOL_CALL`, …) say that the answer was given up.
 * Source: https://ai.google.dev/api/generate-content#FinishReason
 */
const ENDINGS: Endings = new Map([
  ['stop', 'stop'],
  ['max_tokens', 'length'],
  ['safety', 'content_filter'],
  ['recitation', 'content_filter'],
  ['language', 'content_filter'],
  ['blocklist', 'content_filter'],
  ['prohibited_content', 'content_filter'],
  ['spii', 'content_filter'],
  ['model_armor', 'content_filter'],
  ['image_safety', 'content_filter'],
  ['image_prohibited_content', 'content_filter'],
  ['image_recitation', 'content_filter'],
]);
/** A call in the messages lacks its signature: the same request would end so again. */
const UNSIGNED = 'MISSING_THOUGHT_SIGNATURE';
/** The value that stands for none. */
const NO_REASON = 'FINISH_REASON_UNSPECIFIED';

/** Of the answer that the candidate is in. */
export interface CandidateContext {
  readonly request: ChatRequest;
  readonly asked: RequestFacts;
  readonly headers: Readonly<Record<string, string>>;
  readonly fields: PayloadFields;
}

/** Reads the pieces of one candidate. */
export class GeminiCandidate {
  readonly #at: { readonly choice: number } | undefined;
  readonly #of: CandidateContext;
  readonly #text: AnswerText;
  readonly #calls: GeminiCalls;
  readonly #grounding: Grounding;
  readonly #sound = new SoundPieces();
  #hasSaid = false;
  // Held back until nothing more can come: words may follow it.
  #ending: Ending | undefined;

  /** @param answer the answer's id, of which the ids of calls are made: the service gives none. */
  constructor(index: number, answer: string, of: CandidateContext) {
    this.#at = index === 0 ? undefined : { choice: index };
    this.#of = of;
    this.#text = new AnswerText(of.request, this.#at);
    this.#calls = new GeminiCalls(`${answer}-${index}`, of, this.#at);
    this.#grounding = new Grounding(this.#at);
  }

  get hasSaid(): boolean {
    return this.#hasSaid;
  }

  finished(): boolean {
    return this.#ending !== undefined;
  }

  /** @throws G4FError when the answer was given up; what it says before has been added. */
  read(candidate: Json, events: StreamEvent[]): void {
    const first = events.length;
    // Text alone stands for a part, and for a content, of text.
    const content = asObject(candidate.content) ?? { parts: candidate.content };
    for (const part of itemsOf(content.parts)) this.#readPart(asObject(part) ?? { text: part }, events);
    if (events.length > first) {
      this.#ending = undefined;
      this.#hasSaid = true;
    }
    const grounding = asObject(candidate.groundingMetadata);
    if (grounding !== undefined) this.#grounding.read(grounding, events);
    const others = otherFields(candidate, KNOWN);
    const logprobs = others && logProbsOf(others.logprobsResult);
    if (others !== undefined) {
      const choice = { ...others, ...(logprobs && { logprobs }) };
      events.push({ type: 'aside', extra: { choice }, ...this.#at });
    }
    // A number of the protocol's is no word that is known.
    const raw = rawReason(candidate.finishReason);
    if (raw !== undefined && raw !== NO_REASON)
      this.#ending ??= this.#endingOf(raw, asText(candidate.finishMessage), events);
  }

  /** Adds the text that was held back. */
  abandon(events: StreamEvent[]): void {
    this.#text.flush(events);
    this.#tell(this.#sound.end(), events);
  }

  /**
   * Adds the finish; a stream that named no reason for its good end has stopped.
   * @throws G4FError `stream-truncated` if a call was never whole
   */
  close(events: StreamEvent[]): void {
    this.abandon(events);
    const { reason, raw } = this.#ending ?? { reason: 'stop', raw: undefined };
    // A limit or a filter came in the middle of a call: what there is of it is no call.
    if (reason === 'stop') this.#calls.end();
    events.push({
      type: 'finish',
      reason: reason === 'stop' && this.#calls.count > 0 ? 'tool_calls' : reason,
      ...(raw !== undefined && { rawReason: raw }),
      ...this.#at,
    });
  }

  #readPart(part: Json, events: StreamEvent[]): void {
    const text = this.#of.fields.textOf(part.text);
    if (text !== '') {
      // What is held back is said as well.
      this.#ending = undefined;
      this.#hasSaid = true;
      if (part.thought === true) this.#text.think(text, events);
      else {
        this.#text.say(text, events);
        this.#grounding.hear(text);
      }
    }
    let id: string | undefined;
    for (const fn of itemsOf(part.functionCall)) id = this.#calls.read(fn, events);
    // What begins a call is said as well, though it is handed out at the call's end.
    if (id !== undefined) this.#ending = undefined;
    const data = asObject(part.inlineData);
    // A draft that belongs to the thoughts is no picture of the answer: https://ai.google.dev/gemini-api/docs/image-generation
    const isDraft = data !== undefined && part.thought === true;
    if (data !== undefined && !isDraft) this.#show(data, events);
    const signature = asText(part.thoughtSignature);
    if (signature !== undefined) this.#sign(signature, id, events);
    const others = otherFields(part, KNOWN_IN_PART);
    if (others !== undefined || isDraft)
      events.push({
        type: 'aside',
        extra: { delta: { content_parts: [this.#of.fields.shown(part)] } },
        ...this.#at,
      });
  }

  #show({ mimeType, data }: Json, events: StreamEvent[]): void {
    const mediaType = asText(mimeType) ?? 'application/octet-stream';
    // The alphabet for addresses is base64 to decoders, and none in a data URL.
    const base64 = (asText(data) ?? '').replaceAll('-', '+').replaceAll('_', '/');
    if (this.#sound.takes(mediaType)) {
      this.#hasSaid ||= base64 !== '';
      this.#tell(this.#sound.add(mediaType, base64), events);
      return;
    }
    const url = `data:${mediaType};base64,${base64}`;
    events.push({ type: 'media', mediaType, url, ...this.#at });
  }

  #tell(extra: Extra | undefined, events: StreamEvent[]): void {
    if (extra !== undefined) events.push({ type: 'aside', extra, ...this.#at });
  }

  #sign(data: string, id: string | undefined, events: StreamEvent[]): void {
    const detail: ReasoningDetail = {
      type: 'reasoning.encrypted',
      format: GEMINI_FORMAT,
      data,
      ...(id !== undefined && { id }),
    };
    events.push({ type: 'aside', extra: { delta: { reasoning_details: [detail] } }, ...this.#at });
  }

  #endingOf(raw: string, words: string | undefined, events: StreamEvent[]): Ending {
    const reason = readEnding(raw, ENDINGS);
    const { asked, headers } = this.#of;
    this.#text.flush(events);
    if (raw === UNSIGNED) throw unsigned(asked, headers);
    if (reason === undefined) throw badEnding(words === undefined ? raw : `${raw}: ${words}`, asked, headers);
    return { reason, raw };
  }
}

const unsigned = ({ provider, model }: RequestFacts, headers: Readonly<Record<string, string>>): G4FError =>
  new G4FError(
    `${provider}: the answer ended with "${UNSIGNED}": a call in the messages lacks the signature that it came with. Send its message back with its reasoning_details, or choose another provider.`,
    { code: 'invalid-request', scope: 'provider', provider, model, requestId: requestIdOf(headers) },
  );
