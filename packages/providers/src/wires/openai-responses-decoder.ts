// Payloads of a response → events. Source: https://platform.openai.com/docs/api-reference/responses-streaming
import { type ChatRequest, type StreamEvent, truncated, type Usage } from '@g4f/core';
import { type Asked, failureInside, nothingSaid, requestIdOf } from '../http/failure.ts';
import type { TextSlot } from '../http/repeated-text.ts';
import { readServiceError } from '../http/service-error.ts';
import type { WireDecoder } from '../http/wire-decoder.ts';
import { toFinishReason } from './finish-reason.ts';
import { asList, asNumber, asObject, asText, type Json } from './json.ts';
import { createItem, type Item } from './openai-responses-item.ts';
import { responsesUsage } from './usage.ts';

/** After a response that ends with the call of a tool another may follow in the same stream, and does so at once, in ms. */
const NEXT_RESPONSE_MS = 100;
/** What a whole body may say of itself that is no answer yet: it was asked for in the background. */
const NOT_YET: ReadonlySet<unknown> = new Set(['queued', 'in_progress']);

/**
 * A decoder for one answer; long because its readers share one state.
 *
 * @param headers of the response, for failures reported inside it.
 */
export const createResponsesDecoder = (
  request: ChatRequest,
  asked: Asked,
  headers: Readonly<Record<string, string>>,
): WireDecoder => {
  // By their place in the output, because a proxy may give one item several ids; by id where no place is told.
  const items = new Map<unknown, Item>();
  let responses = 0;
  let called = false;
  let goesOn = false;
  let started = false;
  let stop: string | undefined;
  let tier: string | undefined;
  let usage: Usage | undefined;

  const fail = (value: unknown): never => {
    throw failureInside(
      readServiceError(value) ?? { message: 'the service reported an error', labels: '' },
      asked,
      headers,
    );
  };

  const start = (response: Json, events: StreamEvent[]): void => {
    if (started) return;
    started = true;
    const id = asText(response.id);
    const created = asNumber(response.created_at);
    events.push({
      type: 'answer-start',
      model: asText(response.model) ?? request.model,
      ...(id !== undefined && { id }),
      ...(created !== undefined && { created: Math.floor(created) }),
    });
  };

  const itemAt = (place: unknown): Item => {
    const item = items.get(place) ?? createItem(`${responses}.${place ?? 0}`);
    items.set(place, item);
    return item;
  };

  /** One stream may hold several responses: the numbers of their items begin anew, the keys of their calls must not. */
  const begin = (): void => {
    items.clear();
    responses += 1;
    stop = undefined;
  };

  /** Says what no event has said yet: all of a response that comes whole, and the rest of an item that was never closed. */
  const end = (response: Json, events: StreamEvent[]): void => {
    start(response, events);
    const { status, error } = response;
    if (status === 'failed' || status === 'cancelled' || error)
      fail({ error: error || `the response ended as "${status}"` });
    const whole = items.size === 0;
    for (const [index, value] of asList(response.output).entries()) {
      const item = asObject(value) ?? {};
      (whole ? itemAt(index) : (items.get(index) ?? items.get(item.id)))?.close(item, events);
    }
    called = [...items.values()].some((item) => item.isCall());
    goesOn = asObject(asList(response.output).at(-1))?.type !== 'message';
    const why = asText(asObject(response.incomplete_details)?.reason);
    stop = why ?? asText(response.status) ?? 'completed';
    tier = asText(response.service_tier);
    usage = responsesUsage(asObject(response.usage));
  };

  const read = (type: unknown, payload: Json, events: StreamEvent[]): boolean => {
    const place = payload.output_index ?? payload.item_id ?? asObject(payload.item)?.id;
    const response = asObject(payload.response);
    if (response !== undefined) start(response, events);
    switch (type) {
      case 'response.created':
        begin();
        break;
      case 'response.output_text.delta':
        itemAt(place).add('text', payload, events);
        break;
      case 'response.reasoning_text.delta':
      case 'response.reasoning_summary_text.delta':
        itemAt(place).add('reasoning', payload, events);
        break;
      case 'response.refusal.delta':
        itemAt(place).add('refusal', payload, events);
        break;
      case 'response.function_call_arguments.delta':
        itemAt(place).add('arguments', payload, events);
        break;
      case 'response.function_call_arguments.done':
        itemAt(place).complete('arguments', payload.arguments, events);
        break;
      case 'response.output_text.annotation.added':
        itemAt(place).cite(asObject(payload.annotation) ?? {}, events);
        break;
      case 'response.output_item.added':
        itemAt(place).open(asObject(payload.item) ?? {}, events);
        break;
      case 'response.output_item.done':
        itemAt(place).close(asObject(payload.item) ?? {}, events);
        break;
      case 'response.completed':
      case 'response.incomplete':
      case 'response.failed':
        end(response ?? {}, events);
        return !goesOn;
      case 'error':
        fail(payload);
        break;
      default:
        if (payload.type === undefined && readServiceError(payload) !== undefined) fail(payload);
    }
    return false;
  };

  return {
    expected: 'a response',
    textIn,
    isEnd: (data) => data.length < 16 && data.trim() === '[DONE]',
    payload(json, event, events) {
      const payload = asObject(json) ?? {};
      const type = asText(payload.type) ?? event;
      // A service that leaves out `response.created` begins with its first piece.
      if (type.startsWith('response.')) start(asObject(payload.response) ?? {}, events);
      return read(type, payload, events);
    },
    whole(json, events) {
      const body = asObject(json);
      if (body === undefined || !Array.isArray(body.output)) return false;
      if (NOT_YET.has(body.status))
        fail({
          message: `the response is only ${body.status}, and is not waited for: ask without "background"`,
          type: 'invalid_request_error',
        });
      end(body, events);
      return true;
    },
    finished: () => stop !== undefined,
    patienceMs: () => (goesOn ? NEXT_RESPONSE_MS : undefined),
    close(events) {
      if (stop === undefined) {
        if (items.size === 0) throw nothingSaid(asked, headers);
        // `[DONE]` alone is no end here: only the response itself tells whether it is whole.
        throw truncated(asked.provider, { model: asked.model, requestId: requestIdOf(headers) });
      }
      const reason = toFinishReason(stop);
      events.push({
        type: 'finish',
        reason: reason === 'stop' && called ? 'tool_calls' : reason,
        rawReason: stop,
        ...(tier !== undefined && { extra: { chunk: { service_tier: tier } } }),
      });
      if (usage !== undefined) events.push({ type: 'usage', usage });
    },
    abandon: () => undefined,
  };
};

/** `delta` of a piece of text. */
function textIn(json: unknown): TextSlot | undefined {
  const payload = asObject(json);
  return payload?.type === 'response.output_text.delta' ? { object: payload, name: 'delta' } : undefined;
}
