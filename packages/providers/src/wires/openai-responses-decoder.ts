// Payloads of a response → events. Source: https://platform.openai.com/docs/api-reference/responses-streaming
import type { ChatRequest, StreamEvent, Usage } from '@g4f/core';
import { type Asked, failureInside, nothingSaid } from '../http/failure.ts';
import type { TextSlot } from '../http/repeated-json.ts';
import { readServiceError } from '../http/service-error.ts';
import type { WireDecoder } from '../http/wire-decoder.ts';
import { toFinishReason } from './finish-reason.ts';
import { asList, asNumber, asObject, asText, type Json } from './json.ts';
import { createItem, type Item } from './openai-responses-item.ts';

/** After a response that ends with the call of a tool another may follow in the same stream, and does so at once, in ms. */
const NEXT_RESPONSE_MS = 100;

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
  // By their place in the output, because a proxy may give one item several ids.
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

  const itemAt = (index: unknown): Item => {
    const item = items.get(index) ?? createItem(`${responses}.${index ?? 0}`);
    items.set(index, item);
    return item;
  };

  /** One stream may hold several responses: the numbers of their items begin anew, the keys of their calls must not. */
  const begin = (): void => {
    items.clear();
    responses += 1;
    stop = undefined;
  };

  /** A response that comes whole has had no events for its items. */
  const end = (response: Json, events: StreamEvent[]): void => {
    start(response, events);
    if (response.status === 'failed' || response.error)
      fail({ error: response.error ?? 'the response failed' });
    if (items.size === 0) {
      for (const [index, item] of asList(response.output).entries())
        itemAt(index).close(asObject(item) ?? {}, events);
    }
    called = [...items.values()].some(({ isCall }) => isCall);
    goesOn = asObject(asList(response.output).at(-1))?.type !== 'message';
    const why = asText(asObject(response.incomplete_details)?.reason);
    stop = why ?? asText(response.status) ?? 'completed';
    tier = asText(response.service_tier);
    usage = usageOf(asObject(response.usage));
  };

  const read = (payload: Json, events: StreamEvent[]): boolean => {
    const { type, output_index: index } = payload;
    const response = asObject(payload.response);
    if (response !== undefined) start(response, events);
    switch (type) {
      case 'response.created':
        begin();
        break;
      case 'response.output_text.delta':
        itemAt(index).add('text', payload, events);
        break;
      case 'response.reasoning_text.delta':
      case 'response.reasoning_summary_text.delta':
        itemAt(index).add('reasoning', payload, events);
        break;
      case 'response.refusal.delta':
        itemAt(index).add('refusal', payload, events);
        break;
      case 'response.function_call_arguments.delta':
        itemAt(index).add('arguments', payload, events);
        break;
      case 'response.output_text.annotation.added':
        itemAt(index).cite(asObject(payload.annotation) ?? {}, events);
        break;
      case 'response.output_item.added':
        itemAt(index).open(asObject(payload.item) ?? {}, events);
        break;
      case 'response.output_item.done':
        itemAt(index).close(asObject(payload.item) ?? {}, events);
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
        if (type === undefined && readServiceError(payload) !== undefined) fail(payload);
    }
    return false;
  };

  return {
    expected: 'a response',
    textIn,
    isEnd: (data) => data.length < 16 && data.trim() === '[DONE]',
    payload(json, _event, events) {
      const payload = asObject(json) ?? {};
      // A service that leaves out `response.created` begins with its first piece.
      if (typeof payload.type === 'string' && payload.type.startsWith('response.'))
        start(asObject(payload.response) ?? {}, events);
      return read(payload, events);
    },
    whole(json, events) {
      const body = asObject(json);
      if (body === undefined || !Array.isArray(body.output)) return false;
      end(body, events);
      return true;
    },
    finished: () => stop !== undefined,
    patienceMs: () => (goesOn ? NEXT_RESPONSE_MS : undefined),
    close(events) {
      if (stop === undefined) throw nothingSaid(asked, headers);
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

function usageOf(counts: Json | undefined): Usage | undefined {
  const prompt = asNumber(counts?.input_tokens);
  const completion = asNumber(counts?.output_tokens);
  if (counts === undefined || (prompt === undefined && completion === undefined)) return undefined;
  const { input_tokens: _1, output_tokens: _2, total_tokens: total, ...others } = counts;
  const { input_tokens_details: input, output_tokens_details: output, ...rest } = others;
  const cached = asObject(input);
  const reasoning = asObject(output);
  return {
    ...rest,
    prompt_tokens: prompt ?? 0,
    completion_tokens: completion ?? 0,
    total_tokens: asNumber(total) ?? (prompt ?? 0) + (completion ?? 0),
    ...(cached !== undefined && { prompt_tokens_details: cached }),
    ...(reasoning !== undefined && { completion_tokens_details: reasoning }),
  };
}
