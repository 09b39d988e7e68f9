// Payloads of a Cohere v2 chat → events. Source: https://docs.cohere.com/v2/docs/streaming
import type { ChatRequest, FinishReason, StreamEvent, Usage } from '@g4f/core';
import { type Asked, failureInside, nothingSaid } from '../http/failure.ts';
import type { TextSlot } from '../http/repeated-text.ts';
import { readServiceError } from '../http/service-error.ts';
import type { WireDecoder } from '../http/wire-decoder.ts';
import { asList, asNumber, asObject, asText, type Json, otherFields } from './json.ts';
import { cohereUsage } from './usage.ts';

const REASONS: ReadonlyMap<string, FinishReason> = new Map([
  ['COMPLETE', 'stop'],
  ['STOP_SEQUENCE', 'stop'],
  ['MAX_TOKENS', 'length'],
  ['TOOL_CALL', 'tool_calls'],
  ['ERROR_TOXIC', 'content_filter'],
]);
const FAILED: ReadonlySet<string> = new Set(['ERROR', 'TIMEOUT', 'ERROR_LIMIT', 'USER_CANCEL']);
const KNOWN_IN_END: ReadonlySet<string> = new Set(['finish_reason', 'usage', 'error', 'id', 'message']);

/**
 * A decoder for one answer; long because its readers share one state.
 *
 * @param headers of the response, for failures reported inside it.
 */
export const createCohereDecoder = (
  request: ChatRequest,
  asked: Asked,
  headers: Readonly<Record<string, string>>,
): WireDecoder => {
  // What a call has said of its arguments, by its number, so that one without any can be told at its end.
  const calls = new Map<unknown, string>();
  let started = false;
  let stop: string | undefined;
  let extra: Json | undefined;
  let usage: Usage | undefined;

  const fail = (value: unknown, label: string): never => {
    throw failureInside(
      readServiceError(value) ?? { message: `the answer ended with ${label}`, labels: label },
      asked,
      headers,
    );
  };

  const start = (payload: Json, events: StreamEvent[]): void => {
    if (started) return;
    started = true;
    const id = asText(payload.id);
    events.push({ type: 'answer-start', model: request.model, ...(id !== undefined && { id }) });
  };

  const readContent = (content: Json | undefined, events: StreamEvent[]): void => {
    if (content === undefined) return;
    const text = asText(content.text);
    const thinking = asText(content.thinking);
    if (thinking !== undefined) events.push({ type: 'reasoning-delta', text: thinking });
    if (text !== undefined) events.push({ type: 'text-delta', text });
    else if (
      thinking === undefined &&
      content.type !== undefined &&
      content.type !== 'text' &&
      content.type !== 'thinking'
    )
      events.push({ type: 'aside', extra: { delta: { content_parts: [content] } } });
  };

  const readCall = (index: unknown, call: Json | undefined, events: StreamEvent[]): void => {
    const fn = asObject(call?.function);
    const id = asText(call?.id);
    const name = asText(fn?.name);
    // A function without parameters is called with `null`.
    const given = fn?.arguments === 'null' ? undefined : asText(fn?.arguments);
    calls.set(index, (calls.get(index) ?? '') + (given ?? ''));
    if (id === undefined && name === undefined && given === undefined) return;
    events.push({
      type: 'tool-call-delta',
      key: String(index ?? 0),
      ...(id !== undefined && { id }),
      ...(name !== undefined && { name }),
      ...(given !== undefined && { arguments: given }),
    });
  };

  const closeCall = (index: unknown, events: StreamEvent[]): void => {
    if (calls.get(index) === '')
      events.push({ type: 'tool-call-delta', key: String(index ?? 0), arguments: '{}' });
    calls.delete(index);
  };

  const plan = (text: unknown, events: StreamEvent[]): void => {
    const tool_plan = asText(text);
    if (tool_plan !== undefined) events.push({ type: 'aside', extra: { delta: { tool_plan } } });
  };

  /** A citation says which part of the text rests on which documents; a page among them is a source as well. */
  const cite = (citation: Json, events: StreamEvent[]): void => {
    const start = asNumber(citation.start);
    const end = asNumber(citation.end);
    for (const item of asList(citation.sources)) {
      const document = asObject(asObject(item)?.document);
      const url = asText(document?.url);
      const title = asText(document?.title);
      if (url === undefined) continue;
      events.push({
        type: 'source',
        url,
        ...(title !== undefined && { title }),
        ...(start !== undefined && { start }),
        ...(end !== undefined && { end }),
      });
    }
    events.push({ type: 'aside', extra: { delta: { citations: [citation] } } });
  };

  const readEnd = (end: Json): void => {
    stop = asText(end.finish_reason) ?? 'COMPLETE';
    if (FAILED.has(stop) || end.error) fail(end, stop);
    usage = cohereUsage(asObject(end.usage));
    extra = otherFields(end, KNOWN_IN_END);
  };

  const read = (payload: Json, events: StreamEvent[]): boolean => {
    const delta = asObject(payload.delta);
    const message = asObject(delta?.message);
    if (payload.type === undefined && readServiceError(payload) !== undefined) fail(payload, 'ERROR');
    start(payload, events);
    switch (payload.type) {
      case 'content-start':
      case 'content-delta':
        readContent(asObject(message?.content), events);
        break;
      case 'tool-plan-delta':
        plan(message?.tool_plan, events);
        break;
      case 'tool-call-start':
      case 'tool-call-delta':
        readCall(payload.index, asObject(message?.tool_calls), events);
        break;
      case 'tool-call-end':
        closeCall(payload.index, events);
        break;
      case 'citation-start':
        cite(asObject(message?.citations) ?? {}, events);
        break;
      case 'message-end':
        readEnd(delta ?? {});
        return true;
      default:
    }
    return false;
  };

  return {
    expected: 'a Cohere chat',
    textIn,
    payload: (json, _event, events) => read(asObject(json) ?? {}, events),
    whole(json, events) {
      const body = asObject(json);
      const message = asObject(body?.message);
      if (body === undefined || message === undefined) return false;
      start(body, events);
      plan(message.tool_plan, events);
      for (const content of asList(message.content)) readContent(asObject(content), events);
      asList(message.tool_calls).forEach((call, index) => {
        readCall(index, asObject(call), events);
        closeCall(index, events);
      });
      for (const citation of asList(message.citations)) cite(asObject(citation) ?? {}, events);
      readEnd(body);
      return true;
    },
    finished: () => stop !== undefined,
    close(events) {
      if (stop === undefined) throw nothingSaid(asked, headers);
      const besides = extra !== undefined && { extra: { chunk: extra } };
      events.push({ type: 'finish', reason: REASONS.get(stop) ?? 'stop', rawReason: stop, ...besides });
      if (usage !== undefined) events.push({ type: 'usage', usage });
    },
    abandon: () => undefined,
  };
};

/** `delta.message.content.text` of a piece of text. */
function textIn(json: unknown): TextSlot | undefined {
  const content = asObject(asObject(asObject(asObject(json)?.delta)?.message)?.content);
  return typeof content?.text === 'string' ? { object: content, name: 'text' } : undefined;
}
