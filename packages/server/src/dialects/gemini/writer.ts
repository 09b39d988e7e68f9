// Chunks → Gemini's stream: server-sent events, or one JSON list. Source: https://ai.google.dev/api/generate-content#method:-models.streamgeneratecontent
import type { ChatCompletionChunk, ChunkChoice, ChunkDelta, ReasoningDetail, Usage } from '@g4f/core';
import type { Failure } from '../../failure/refusal.ts';
import type { Json } from '../../json/json.ts';
import { GatheredCalls } from '../answer-parts.ts';
import type { ChunkWriter } from '../dialect.ts';
import { COMMENT, dataEvent } from '../server-sent-event.ts';
import { geminiError } from './gemini.ts';
import { callParts, finishReason, imagePart, usageMetadata } from './whole.ts';

/** What one candidate keeps until its end: calls come whole, with their signatures. */
interface Candidate {
  readonly calls: GatheredCalls;
  readonly details: ReasoningDetail[];
  ending?: Pick<ChunkChoice, 'finish_reason' | 'native_finish_reason'>;
}

/** Writes one stream. */
export class ContentWriter implements ChunkWriter {
  /** Between the items of a list there may be white space, and between events a comment. */
  readonly signOfLife: string;
  readonly #id: string;
  readonly #isArray: boolean;
  readonly #candidates = new Map<number, Candidate>();
  #model = '';
  #usage: Usage | undefined;
  #isBegun = false;

  constructor(id: string, isArray: boolean) {
    this.#id = id;
    this.#isArray = isArray;
    this.signOfLife = isArray ? '\n' : COMMENT;
  }

  write({ model, choices, usage }: ChatCompletionChunk): string {
    this.#model = model;
    this.#usage = usage ?? this.#usage;
    return choices.map((choice) => this.#said(choice)).join('');
  }

  /** Finish reasons come with the last payload of each candidate, and the counts with the last of all. */
  end(): string {
    const last = [...this.#candidates].map(([index, { calls, details, ending }]) => {
      const parts = callParts(calls.all, details);
      const content = { role: 'model', parts: parts.length > 0 ? parts : [{ text: '' }] };
      return { content, finishReason: finishReason(ending ?? { finish_reason: 'stop' }), index };
    });
    const usage = this.#usage === undefined ? {} : { usageMetadata: usageMetadata(this.#usage) };
    return this.#payload({ candidates: last, ...usage }) + (this.#isArray ? '\n]' : '');
  }

  /**
   * In a stream of events the failure is told as an event, and once more without one: Google's library up to version 1 does not look
   * into events for failures, but refuses a stream that ends inside one.
   */
  fail(failure: Failure): string {
    const error = geminiError(failure);
    if (this.#isArray) return `${this.#separator()}${JSON.stringify(error)}\n]`;
    return dataEvent(error) + JSON.stringify(error);
  }

  #said({ index, delta, finish_reason, native_finish_reason }: ChunkChoice): string {
    const candidate = this.#candidateOf(index);
    if (finish_reason !== null)
      candidate.ending = {
        finish_reason,
        ...(native_finish_reason !== undefined && { native_finish_reason }),
      };
    candidate.calls.add(delta.tool_calls);
    for (const detail of delta.reasoning_details ?? []) candidate.details.push(detail);
    const parts = partsOf(delta);
    return parts.length === 0
      ? ''
      : this.#payload({ candidates: [{ content: { role: 'model', parts }, index }] });
  }

  #candidateOf(index: number): Candidate {
    const known = this.#candidates.get(index);
    if (known !== undefined) return known;
    const candidate: Candidate = { calls: new GatheredCalls(), details: [] };
    this.#candidates.set(index, candidate);
    return candidate;
  }

  #payload(fields: object): string {
    const payload = { ...fields, modelVersion: this.#model, responseId: this.#id };
    return this.#isArray ? this.#separator() + JSON.stringify(payload) : dataEvent(payload);
  }

  #separator(): string {
    const separator = this.#isBegun ? ',\n' : '[';
    this.#isBegun = true;
    return separator;
  }
}

function partsOf({ content, refusal, reasoning, images = [] }: ChunkDelta): Json[] {
  return [
    ...(reasoning ? [{ text: reasoning, thought: true }] : []),
    ...[content, refusal].flatMap((text) => (text ? [{ text }] : [])),
    ...images.map(imagePart),
  ];
}
