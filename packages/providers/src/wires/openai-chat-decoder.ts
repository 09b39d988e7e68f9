// Payloads of a chat completion → events. Fields are read by hand and only where they are used: this runs once per chunk.
import type { ChatRequest, Extra, StreamEvent, Usage } from '@g4f/core';
import { type Asked, failureInside, nothingSaid } from '../http/failure.ts';
import type { TextSlot } from '../http/repeated-json.ts';
import { readServiceError } from '../http/service-error.ts';
import type { WireDecoder } from '../http/wire-decoder.ts';
import { createCitedPages } from './cited-pages.ts';
import { asList, asNumber, asObject, asText, type Json, otherFields } from './json.ts';
import { type ChoiceDecoder, createChoiceDecoder } from './openai-chat-choice.ts';
import { readUsage } from './usage.ts';

const KNOWN_FIELDS: ReadonlySet<string> = new Set([
  ...['id', 'object', 'created', 'model', 'choices', 'usage', 'error', 'x_groq', 'provider'],
  ...['citations', 'search_results'],
  // Random padding against traffic analysis: it says nothing.
  'obfuscation',
]);

/**
 * A decoder for one answer; long because its readers share one state.
 *
 * @param headers of the response, for failures reported inside it.
 */
export const createDecoder = (
  request: ChatRequest,
  asked: Asked,
  headers: Readonly<Record<string, string>>,
): WireDecoder => {
  const choices = new Map<number, ChoiceDecoder>();
  const expected = request.n ?? 1;
  const cite = createCitedPages();
  let started = false;
  let usage: Usage | undefined;
  let waiting: Json | undefined;

  const fail = (value: unknown): never => {
    throw failureInside(
      readServiceError(value) ?? { message: 'the service reported an error', labels: '' },
      asked,
      headers,
    );
  };

  /** A failure without an `error` field around it: `{"detail": "…"}`, `{"object": "error", "message": "…"}`, or a list. */
  const failIfReported = (value: unknown): void => {
    if (readServiceError(value) !== undefined) fail(value);
  };

  /** Groq's own field: token counts, or why the stream was stopped. */
  const readGroq = (groq: Json | undefined): void => {
    if (groq?.error) fail(groq);
    usage = readUsage(groq?.usage) ?? usage;
  };

  const choiceAt = (index: number): ChoiceDecoder => {
    const choice = choices.get(index) ?? createChoiceDecoder(index, fail);
    choices.set(index, choice);
    return choice;
  };

  const start = (payload: Json, events: StreamEvent[]): void => {
    if (started) return;
    started = true;
    const id = asText(payload.id);
    const created = asNumber(payload.created);
    const model = asText(payload.model) ?? request.model;
    events.push({
      type: 'answer-start',
      model,
      ...(id !== undefined && { id }),
      ...(created !== undefined && { created }),
    });
  };

  const read = (payload: Json, events: StreamEvent[]): void => {
    if (payload.error) fail(payload);
    if (payload.choices === undefined) failIfReported(payload);
    if (payload.x_groq != null) readGroq(asObject(payload.x_groq));
    usage = readUsage(payload.usage) ?? usage;
    const list = asList(payload.choices);
    const beside = otherFields(payload, KNOWN_FIELDS);
    // A first payload without choices (Azure's filter results) does not know its model yet: it waits for the next.
    if (list.length === 0 && !started) {
      waiting = beside === undefined ? waiting : { ...waiting, ...beside };
      return;
    }
    start(payload, events);
    const first = events.length;
    if (payload.citations != null || payload.search_results != null) cite(payload, events);
    for (const item of list) {
      const choice = asObject(item);
      if (choice === undefined) continue;
      usage = readUsage(choice.usage) ?? usage;
      choiceAt(asIndex(choice.index)).read(choice, events);
    }
    attach(events, first, waiting === undefined ? beside : { ...waiting, ...beside });
    waiting = undefined;
  };

  return {
    expected: 'a chat completion',
    textIn,
    // Payloads of content are long: only a short one is looked at.
    isEnd: (data) => data.length < 16 && data.trim() === '[DONE]',
    payload(json, _event, events) {
      const payload = asObject(json);
      if (payload === undefined) failIfReported(json);
      else read(payload, events);
      return false;
    },
    whole(json, events) {
      const body = asObject(json);
      if (body === undefined || (body.error && !Array.isArray(body.choices))) return false;
      if (asList(body.choices).length === 0) return false;
      read(body, events);
      return true;
    },
    finished() {
      if (choices.size < expected) return false;
      for (const choice of choices.values()) if (!choice.finished()) return false;
      return true;
    },
    close(events) {
      if (choices.size === 0) throw nothingSaid(asked, headers);
      for (const choice of choices.values()) choice.close(events);
      if (usage !== undefined) events.push({ type: 'usage', usage });
    },
    abandon(events) {
      for (const choice of choices.values()) choice.abandon(events);
    },
  };
};

/** `choices[0].delta.content`, where there is one choice and it has text. */
function textIn(json: unknown): TextSlot | undefined {
  const choices = asList(asObject(json)?.choices);
  const delta = choices.length === 1 ? asObject(asObject(choices[0])?.delta) : undefined;
  return typeof delta?.content === 'string' ? { object: delta, name: 'content' } : undefined;
}

/** A choice's number; anything that is none counts as the first. */
const asIndex = (value: unknown): number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? value : 0;

/** Puts what stood beside the choices on the first event of its payload, or on an event of its own. */
function attach(events: StreamEvent[], first: number, chunk: Json | undefined): void {
  if (chunk === undefined) return;
  const event: { extra?: Extra } | undefined = events[first];
  if (event === undefined) events.push({ type: 'aside', extra: { chunk } });
  else event.extra = event.extra === undefined ? { chunk } : { ...event.extra, chunk };
}
