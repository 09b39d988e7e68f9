// Lines of an Ollama chat → events. Source: https://docs.ollama.com/api/chat and /api/streaming
import type { ChatRequest, StreamEvent, Usage } from '@g4f/core';
import { type Asked, failureInside, nothingSaid } from '../http/failure.ts';
import type { TextSlot } from '../http/repeated-json.ts';
import { readServiceError } from '../http/service-error.ts';
import type { WireDecoder } from '../http/wire-decoder.ts';
import { toFinishReason } from './finish-reason.ts';
import { asList, asNumber, asObject, asText, type Json, otherFields } from './json.ts';
import { createThinkSplitter, type ThoughtOrText } from './think-tags.ts';

const KNOWN: ReadonlySet<string> = new Set([
  ...['model', 'created_at', 'message', 'done', 'done_reason', 'error', 'logprobs'],
  ...[
    'prompt_eval_count',
    'eval_count',
    'total_duration',
    'load_duration',
    'prompt_eval_duration',
    'eval_duration',
  ],
]);
const KNOWN_IN_MESSAGE: ReadonlySet<string> = new Set([
  'role',
  'content',
  'thinking',
  'tool_calls',
  'images',
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
  const splitter = createThinkSplitter();
  let answer = '';
  let calls = 0;
  let stop: string | undefined;
  let usage: Usage | undefined;

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

  const read = (payload: Json, events: StreamEvent[]): boolean => {
    if (payload.error)
      throw failureInside(
        readServiceError(payload) ?? { message: 'the model failed', labels: '' },
        asked,
        headers,
      );
    start(payload, events);
    const message = asObject(payload.message);
    if (message !== undefined) readMessage(message, events);
    const logprobs = asList(payload.logprobs);
    if (logprobs.length > 0)
      events.push({ type: 'aside', extra: { choice: { logprobs: { content: logprobs } } } });
    const others = otherFields(payload, KNOWN);
    if (others !== undefined) events.push({ type: 'aside', extra: { chunk: others } });
    if (payload.done !== true) return false;
    stop = asText(payload.done_reason) ?? 'stop';
    usage = usageOf(payload);
    return true;
  };

  return {
    expected: 'an Ollama chat',
    framing: 'lines',
    textIn,
    payload: (json, _event, events) => read(asObject(json) ?? {}, events),
    whole(json, events) {
      const body = asObject(json);
      if (body === undefined || (body.message === undefined && body.error === undefined)) return false;
      read(body, events);
      stop ??= 'stop';
      return true;
    },
    finished: () => stop !== undefined,
    close(events) {
      if (stop === undefined) throw nothingSaid(asked, headers);
      say(splitter.flush(), events);
      const reason = toFinishReason(stop);
      events.push({
        type: 'finish',
        reason: reason === 'stop' && calls > 0 ? 'tool_calls' : reason,
        rawReason: stop,
      });
      if (usage !== undefined) events.push({ type: 'usage', usage });
    },
    abandon: (events) => say(splitter.flush(), events),
  };
};

/** `message.content` of a line that is not the last. */
function textIn(json: unknown): TextSlot | undefined {
  const payload = asObject(json);
  const message = payload?.done === false ? asObject(payload.message) : undefined;
  return typeof message?.content === 'string' ? { object: message, name: 'content' } : undefined;
}

/** Tokens under OpenAI's names; durations, in ns, under the service's own. */
function usageOf(end: Json): Usage | undefined {
  const prompt = asNumber(end.prompt_eval_count);
  const completion = asNumber(end.eval_count);
  if (prompt === undefined && completion === undefined) return undefined;
  const durations = ['total_duration', 'load_duration', 'prompt_eval_duration', 'eval_duration'];
  return {
    ...Object.fromEntries(
      durations.filter((name) => asNumber(end[name]) !== undefined).map((name) => [name, end[name]]),
    ),
    prompt_tokens: prompt ?? 0,
    completion_tokens: completion ?? 0,
    total_tokens: (prompt ?? 0) + (completion ?? 0),
  };
}
