// Lines of an Ollama chat → events. Source: https://docs.ollama.com/api/chat and /api/streaming
import type { ChatRequest, StreamEvent, Usage } from '@g4f/core';
import { type Asked, failureInside, nothingSaid } from '../http/failure.ts';
import { JSON_LINES } from '../http/json-lines.ts';
import { readServiceError } from '../http/service-error.ts';
import type { WireDecoder } from '../http/wire-decoder.ts';
import { toFinishReason } from './finish-reason.ts';
import { asList, asObject, asText, type Json, otherFields } from './json.ts';
import { ThinkSplitter, type ThoughtOrText } from './think-tags.ts';
import { OLLAMA_COUNTS, ollamaUsage } from './usage.ts';

const KNOWN: ReadonlySet<string> = new Set([
  ...['model', 'created_at', 'message', 'done', 'done_reason', 'error', 'logprobs'],
  ...OLLAMA_COUNTS,
]);
const KNOWN_IN_MESSAGE: ReadonlySet<string> = new Set([
  ...['role', 'content', 'thinking', 'tool_calls', 'images'],
]);

/**
 * A decoder for one answer; long because its readers share one state.
 *
 * @param headers of the response, for failures reported inside it.
 */
export const createOllamaDecoder = (
  request: ChatRequest,
  asked: Asked,
  headers: Readonly<Record<string, string>>,
): WireDecoder => {
  const splitter = new ThinkSplitter();
  let answer = '';
  let calls = 0;
  let ended = false;
  let rawReason: string | undefined;
  let usage: Usage | undefined;
  let told = '';

  const fail = (payload: Json): never => {
    throw failureInside(
      readServiceError(payload) ?? { message: 'the model failed', labels: '' },
      asked,
      headers,
    );
  };

  const start = (payload: Json, events: StreamEvent[]): void => {
    if (answer !== '') return;
    const at = asText(payload.created_at) ?? '';
    const created = Date.parse(at);
    answer = `ollama-${Number.isFinite(created) ? created : 0}`;
    events.push({
      type: 'answer-start',
      model: asText(payload.model) ?? request.model,
      ...(Number.isFinite(created) && { created: Math.floor(created / 1000) }),
    });
  };

  const say = (parts: readonly ThoughtOrText[], events: StreamEvent[]): void => {
    for (const { kind, text } of parts)
      events.push({ type: kind === 'text' ? 'text-delta' : 'reasoning-delta', text });
  };

  /** A call comes whole; older servers give it no id. */
  const readCall = (call: Json, events: StreamEvent[]): void => {
    const fn = asObject(call.function);
    const name = asText(fn?.name);
    if (name === undefined) return;
    const key = String(calls);
    calls += 1;
    events.push({
      type: 'tool-call-delta',
      key,
      id: asText(call.id) ?? `${answer}-${key}`,
      name,
      arguments: typeof fn?.arguments === 'string' ? fn.arguments : JSON.stringify(fn?.arguments ?? {}),
    });
  };

  const readMessage = (message: Json, events: StreamEvent[]): void => {
    const thinking = asText(message.thinking);
    const text = asText(message.content);
    if (thinking !== undefined) events.push({ type: 'reasoning-delta', text: thinking });
    if (text !== undefined) {
      if (splitter.passes(text)) events.push({ type: 'text-delta', text });
      else say(splitter.push(text), events);
    }
    for (const call of asList(message.tool_calls)) readCall(asObject(call) ?? {}, events);
    for (const image of asList(message.images)) {
      if (typeof image === 'string')
        events.push({ type: 'media', mediaType: 'image/png', url: `data:image/png;base64,${image}` });
    }
    const others = otherFields(message, KNOWN_IN_MESSAGE);
    if (others !== undefined) events.push({ type: 'aside', extra: { delta: others } });
  };

  /** What stands beside the message: where the model really runs (`remote_host`), which every line repeats. */
  const readBeside = (payload: Json, events: StreamEvent[]): void => {
    const others = otherFields(payload, KNOWN);
    if (others === undefined) return;
    const now = JSON.stringify(others);
    if (now !== told) events.push({ type: 'aside', extra: { chunk: others } });
    told = now;
  };

  const read = (payload: Json, events: StreamEvent[]): boolean => {
    if (payload.error) fail(payload);
    const message = asObject(payload.message);
    if (message === undefined && payload.done === undefined) {
      if (readServiceError(payload) !== undefined) fail(payload);
      return false;
    }
    start(payload, events);
    if (message !== undefined) readMessage(message, events);
    const logprobs = asList(payload.logprobs);
    if (logprobs.length > 0)
      events.push({ type: 'aside', extra: { choice: { logprobs: { content: logprobs } } } });
    readBeside(payload, events);
    if (payload.done !== true) return false;
    ended = true;
    rawReason = asText(payload.done_reason);
    usage = ollamaUsage(payload);
    return true;
  };

  return {
    expected: 'an Ollama chat',
    framing: JSON_LINES,
    payload: (json, _event, events) => read(asObject(json) ?? {}, events),
    // An answer in one piece is one line.
    whole: () => false,
    finished: () => ended,
    close(events) {
      if (!ended) throw nothingSaid(asked, headers);
      say(splitter.flush(), events);
      const reason = toFinishReason(rawReason ?? 'stop');
      events.push({
        type: 'finish',
        reason: reason === 'stop' && calls > 0 ? 'tool_calls' : reason,
        ...(rawReason !== undefined && { rawReason }),
      });
      if (usage !== undefined) events.push({ type: 'usage', usage });
    },
    abandon: (events) => say(splitter.flush(), events),
  };
};
