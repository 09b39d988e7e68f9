// Payloads of a chat completion → events. Fields are read by hand and only where they are used: this runs once per chunk.
import { type ChatRequest, type Extra, G4FError, type StreamEvent, type Usage } from '@g4f/core';
import type { WireDecoder } from '../http/answer.ts';
import { type Asked, failureInside } from '../http/failure.ts';
import { readServiceError } from '../http/service-error.ts';
import { asList, asNumber, asObject, asText, type Json, otherFields } from './json.ts';
import { type ChoiceDecoder, createChoiceDecoder } from './openai-chat-choice.ts';
import { readUsage } from './usage.ts';

const KNOWN_FIELDS: ReadonlySet<string> = new Set([
  ...['id', 'object', 'created', 'model', 'choices', 'usage', 'error', 'x_groq', 'provider'],
  // Random padding against traffic analysis: it says nothing.
  'obfuscation',
]);

/** A decoder for one answer. @param headers of the response, for failures reported inside it. */
export const createDecoder = (
  request: ChatRequest,
  asked: Asked,
  headers: Readonly<Record<string, string>>,
): WireDecoder => {
  const choices = new Map<number, ChoiceDecoder>();
  const expected = request.n ?? 1;
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
    if (payload.error != null) fail(payload);
    usage = readUsage(payload.usage) ?? readUsage(asObject(payload.x_groq)?.usage) ?? usage;
    const list = asList(payload.choices);
    const beside = otherFields(payload, KNOWN_FIELDS);
    // A first payload without choices (Azure's filter results) does not know its model yet: it waits for the next.
    if (list.length === 0 && !started) {
      waiting = beside === undefined ? waiting : { ...waiting, ...beside };
      return;
    }
    start(payload, events);
    const first = events.length;
    for (const item of list) {
      const choice = asObject(item);
      if (choice === undefined) continue;
      usage = readUsage(choice.usage) ?? usage;
      choiceAt(asNumber(choice.index) ?? 0).read(choice, events);
    }
    if (beside === undefined && waiting === undefined) return;
    attach(events, first, { chunk: { ...waiting, ...beside } });
    waiting = undefined;
  };

  return {
    expected: 'a chat completion',
    isEnd: (data) => data === '[DONE]' || data.trim() === '[DONE]',
    payload(json, _event, events) {
      const payload = asObject(json);
      if (payload !== undefined) read(payload, events);
    },
    whole(json, events) {
      const body = asObject(json);
      if (body === undefined || (body.error != null && !Array.isArray(body.choices))) return false;
      if (asList(body.choices).length === 0) return false;
      read(body, events);
      return true;
    },
    finished() {
      if (choices.size < expected) return false;
      for (const choice of choices.values()) if (!choice.finished) return false;
      return true;
    },
    close(events) {
      if (choices.size === 0) throw nothingSaid(asked);
      for (const choice of choices.values()) choice.close(events);
      if (usage !== undefined) events.push({ type: 'usage', usage });
    },
  };
};

/** Puts what stood beside the choices on the first event of its payload, or on an event of its own. */
function attach(events: StreamEvent[], first: number, extra: Extra): void {
  const event = events[first];
  if (event === undefined) events.push({ type: 'aside', extra });
  else events[first] = { ...event, extra: { ...event.extra, ...extra } };
}

const nothingSaid = (asked: Asked): G4FError =>
  new G4FError(
    `${asked.provider}: the service ended its answer without having said anything. Try again or choose another provider.`,
    {
      code: 'bad-response',
      provider: asked.provider,
      model: asked.model,
    },
  );
