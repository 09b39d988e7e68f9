// Payloads of a response → events. Source: https://platform.openai.com/docs/api-reference/responses-streaming
import { type ChatRequest, type StreamEvent, truncated, type Usage } from '@g4f/core';
import { type Asked, failureInside, nothingSaid } from '../http/failure.ts';
import type { TextSlot } from '../http/repeated-text.ts';
import { requestIdOf } from '../http/request-id.ts';
import { readServiceError } from '../http/service-error.ts';
import type { WireDecoder } from '../http/wire-decoder.ts';
import { guessLengthOf, writesThinkTags } from '../models/thinks-first.ts';
import { badEnding, type Endings, readEnding } from './finish-reason.ts';
import { asList, asNumber, asObject, asText, type Json } from './json.ts';
import { Item, type ItemContext } from './openai-responses-item.ts';
import { Items, referenceTo } from './openai-responses-items.ts';
import { PIECES, readPart, WHOLES } from './openai-responses-pieces.ts';
import { PayloadFields } from './payload-fields.ts';
import { ThinkSplitter, type ThoughtOrText } from './think-tags.ts';
import { responsesUsage } from './usage.ts';

/** After a response that ends with the call of a tool another may follow in the same stream, and does so at once, in ms. */
const NEXT_RESPONSE_MS = 100;
/** What a whole body may say of itself that is no answer yet: it was asked for in the background. */
const NOT_YET: ReadonlySet<unknown> = new Set(['queued', 'in_progress']);

/**
 * The endings that are known to be good: https://platform.openai.com/docs/api-reference/responses/object has the status, and
 * `incomplete_details.reason` (`max_output_tokens`, `content_filter`). "incomplete" alone does not say what is missing.
 */
const ENDINGS: Endings = new Map([
  ['completed', 'stop'],
  ['max_output_tokens', 'length'],
  ['max_tokens', 'length'],
  ['length', 'length'],
  ['content_filter', 'content_filter'],
]);

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

  const splitter = writesThinkTags(request.model)
    ? new ThinkSplitter(guessLengthOf(request.model, request.stream === true))
    : undefined;
  const say = (parts: readonly ThoughtOrText[], events: StreamEvent[]): void => {
    for (const { kind, text } of parts)
      events.push({ type: kind === 'text' ? 'text-delta' : 'reasoning-delta', text });
  };
  const fields = new PayloadFields(asked);
  const context: ItemContext = {
    fields,
    customTools: customToolsOf(request),
    splitter,
    split: (text, events) => say(splitter?.push(text) ?? [], events),
  };
  const flush = (events: StreamEvent[]): void => say(splitter?.flush() ?? [], events);

  let made = 0;
  const create = (): Item => {
    made += 1;
    return new Item(`${responses}.${made - 1}`, context);
  };
  let items = new Items(create);

  /** One stream may hold several responses: the numbers of their items begin anew, the keys of their calls must not. */
  const begin = (): void => {
    items = new Items(create);
    responses += 1;
    made = 0;
    stop = undefined;
  };

  /**
   * Says what no event has said yet: all of a response that comes whole, and the rest of an item that was never closed.
   *
   * @param status what it is if the response does not say.
   */
  const end = (response: Json, status: string, events: StreamEvent[]): void => {
    start(response, events);
    const ended = asText(response.status) ?? status;
    const { error } = response;
    if (ended === 'failed' || ended === 'cancelled' || error)
      fail({ error: error || `the response ended as "${ended}"` });
    for (const [index, value] of asList(response.output).entries()) {
      const item = asObject(value) ?? {};
      items.last(referenceTo(item, index)).close(item, events);
    }
    called = items.hasCall;
    goesOn = asObject(asList(response.output).at(-1))?.type !== 'message';
    stop = asText(asObject(response.incomplete_details)?.reason) ?? ended;
    tier = asText(response.service_tier);
    usage = responsesUsage(asObject(response.usage));
  };

  const readItem = (type: string, payload: Json, events: StreamEvent[]): boolean => {
    const item = asObject(payload.item) ?? {};
    const place = payload.output_index ?? undefined;
    const id = payload.item_id ?? item.id ?? undefined;
    const at = (its: unknown): Item => items.at({ place, id, type: its });
    const piece = PIECES.get(type);
    const whole = WHOLES.get(type);
    if (piece !== undefined) at(piece.type).add(piece.kind, payload[piece.at] ?? undefined, payload, events);
    else if (whole !== undefined) {
      const { kind, field } = whole;
      const text = field === 'part' ? asObject(payload.part)?.text : payload[field];
      at(whole.type).complete(kind, payload[whole.at] ?? undefined, text, events, payload.logprobs);
    } else if (type === 'response.content_part.done') readPart(at('message'), payload, events);
    else if (type === 'response.output_text.annotation.added')
      at('message').cite(asObject(payload.annotation) ?? {}, events);
    else if (type === 'response.output_item.added') at(item.type).open(item, events);
    else if (type === 'response.output_item.done') at(item.type).close(item, events);
    else return false;
    return true;
  };

  const read = (type: string, payload: Json, events: StreamEvent[]): boolean => {
    const response = asObject(payload.response);
    if (response !== undefined) start(response, events);
    if (readItem(type, payload, events)) return false;
    switch (type) {
      case 'response.created':
        begin();
        break;
      case 'response.completed':
      case 'response.incomplete':
      case 'response.failed':
        end(response ?? {}, type.slice('response.'.length), events);
        return !goesOn;
      case 'error':
        fail(payload);
        break;
      default:
        if (payload.error || (payload.type === undefined && readServiceError(payload) !== undefined))
          fail(payload);
    }
    return false;
  };

  return {
    expected: 'a response',
    textIn,
    isEnd: (data) => data.length < 16 && data.trim() === '[DONE]',
    payload(json, event, events, text) {
      const payload = asObject(json) ?? {};
      fields.use(payload, text);
      const type = asText(payload.type) ?? event;
      // A service that leaves out `response.created` begins with its first piece.
      if (type.startsWith('response.')) start(asObject(payload.response) ?? {}, events);
      const isOver = read(type, payload, events);
      fields.use();
      return isOver;
    },
    whole(json, events, text) {
      const body = asObject(json);
      if (body === undefined || !Array.isArray(body.output)) return false;
      if (NOT_YET.has(body.status))
        fail({
          message: `the response is only ${body.status}, and is not waited for: ask without "background"`,
          type: 'invalid_request_error',
        });
      fields.use(body, text);
      end(body, 'completed', events);
      fields.use();
      return true;
    },
    finished: () => stop !== undefined,
    patienceMs: () => (goesOn ? NEXT_RESPONSE_MS : undefined),
    close(events) {
      if (stop === undefined) {
        if (items.isEmpty) throw nothingSaid(asked, headers);
        // `[DONE]` alone is no end here: only the response itself tells whether it is whole.
        throw truncated(asked.provider, { model: asked.model, requestId: requestIdOf(headers) });
      }
      flush(events);
      const reason = readEnding(stop, ENDINGS);
      if (reason === undefined) throw badEnding(stop, asked, headers);
      events.push({
        type: 'finish',
        reason: reason === 'stop' && called ? 'tool_calls' : reason,
        rawReason: stop,
        ...(tier !== undefined && { extra: { chunk: { service_tier: tier } } }),
      });
      if (usage !== undefined) events.push({ type: 'usage', usage });
    },
    abandon: flush,
  };
};

/** The names of its tools without a schema: `{type: "custom", name}`, or as chat completions nest it. */
const customToolsOf = ({ tools }: ChatRequest): ReadonlySet<unknown> =>
  new Set(
    asList(tools).map((value) => {
      const tool = asObject(value);
      return tool?.type === 'custom' ? (asObject(tool.custom)?.name ?? tool.name) : undefined;
    }),
  );

/** `delta` of a piece of text. */
function textIn(json: unknown): TextSlot | undefined {
  const payload = asObject(json);
  return payload?.type === 'response.output_text.delta' ? { object: payload, name: 'delta' } : undefined;
}
