// Payloads of an Anthropic message → events.
// Source: https://platform.claude.com/docs/en/build-with-claude/streaming
import { type ChatRequest, type Extra, type StreamEvent, truncated } from '@g4f/core';
import { type Asked, failureInside, nothingSaid } from '../http/failure.ts';
import type { TextSlot } from '../http/repeated-text.ts';
import { readServiceError } from '../http/service-error.ts';
import type { WireDecoder } from '../http/wire-decoder.ts';
import { type Block, createBlock } from './anthropic-messages-block.ts';
import { toFinishReason } from './finish-reason.ts';
import { asList, asObject, asText, type Json, otherFields } from './json.ts';
import { anthropicUsage, moreCounts } from './usage.ts';

/** After a turn that calls tools another message may follow in the same stream, and does so at once, in ms. */
const NEXT_MESSAGE_MS = 100;
const GOES_ON: ReadonlySet<string> = new Set(['tool_use', 'pause_turn']);
const KNOWN_IN_MESSAGE: ReadonlySet<string> = new Set([
  ...['id', 'type', 'role', 'model', 'content', 'stop_reason', 'usage', 'error'],
]);
const KNOWN_IN_DELTA: ReadonlySet<string> = new Set(['stop_reason']);
const KNOWN_BESIDE_DELTA: ReadonlySet<string> = new Set(['type', 'delta', 'usage']);

/**
 * A decoder for one answer; long because its readers share one state.
 *
 * @param headers of the response, for failures reported inside it.
 */
export const createAnthropicDecoder = (
  request: ChatRequest,
  asked: Asked,
  headers: Readonly<Record<string, string>>,
): WireDecoder => {
  const blocks = new Map<unknown, Block>();
  // Of one message: numbers of its blocks begin anew in the next, the keys of its calls must not.
  let messages = 0;
  let stop: string | undefined;
  let stopExtra: Extra | undefined;
  let counts: Json | undefined;
  let patient = false;

  const start = (message: Json, events: StreamEvent[]): void => {
    if ([...blocks.values()].some((block) => block.isCutCall()))
      throw truncated(asked.provider, { model: asked.model });
    blocks.clear();
    messages += 1;
    if (messages === 1) {
      const id = asText(message.id);
      events.push({
        type: 'answer-start',
        model: asText(message.model) ?? request.model,
        ...(id !== undefined && { id }),
      });
    }
    asList(message.content).forEach((item, index) => {
      open(index, asObject(item) ?? {}, events);
      close(index, events);
    });
    counts = moreCounts(counts, message.usage);
    stop = asText(message.stop_reason);
    const others = otherFields(message, KNOWN_IN_MESSAGE);
    if (others !== undefined) events.push({ type: 'aside', extra: { chunk: others } });
  };

  const open = (index: unknown, content: Json, events: StreamEvent[]): void => {
    const block = createBlock(`${messages}.${index}`, content);
    blocks.set(index, block);
    block.open(events);
  };

  const close = (index: unknown, events: StreamEvent[]): void => {
    blocks.get(index)?.close(events);
    blocks.delete(index);
  };

  const readEnd = (payload: Json): void => {
    const delta = asObject(payload.delta) ?? {};
    stop = asText(delta.stop_reason) ?? stop;
    counts = moreCounts(counts, payload.usage);
    const choice = otherFields(delta, KNOWN_IN_DELTA);
    const chunk = otherFields(payload, KNOWN_BESIDE_DELTA);
    if (choice !== undefined || chunk !== undefined)
      stopExtra = { ...stopExtra, ...(choice && { choice }), ...(chunk && { chunk }) };
  };

  const fail = (value: unknown): never => {
    throw failureInside(
      readServiceError(value) ?? { message: 'the service reported an error', labels: '' },
      asked,
      headers,
    );
  };

  const read = (payload: Json, events: StreamEvent[]): boolean => {
    if (payload.error) fail(payload);
    switch (payload.type) {
      case 'message_start':
        start(asObject(payload.message) ?? {}, events);
        break;
      case 'content_block_start':
        // Its start was lost on the way: what is said is none the less the answer.
        if (messages === 0) start({}, events);
        open(payload.index, asObject(payload.content_block) ?? {}, events);
        break;
      case 'content_block_delta':
        blocks.get(payload.index)?.add(asObject(payload.delta) ?? {}, events);
        break;
      case 'content_block_stop':
        close(payload.index, events);
        break;
      case 'message_delta':
        readEnd(payload);
        break;
      case 'message_stop':
        patient = GOES_ON.has(stop ?? '');
        stop ??= 'end_turn';
        return messages > 0 && !patient;
      default:
        if (payload.type === undefined && readServiceError(payload) !== undefined) fail(payload);
    }
    return false;
  };

  return {
    expected: 'an Anthropic message',
    textIn,
    payload: (json, _event, events) => read(asObject(json) ?? {}, events),
    whole(json, events) {
      const body = asObject(json);
      if (body === undefined || body.error || !Array.isArray(body.content)) return false;
      start(body, events);
      stop ??= 'end_turn';
      return true;
    },
    finished: () => stop !== undefined && blocks.size === 0,
    patienceMs: () => (patient ? NEXT_MESSAGE_MS : undefined),
    close(events) {
      if (messages === 0 || stop === undefined) throw nothingSaid(asked, headers);
      const extra = stopExtra !== undefined && { extra: stopExtra };
      events.push({ type: 'finish', reason: toFinishReason(stop), rawReason: stop, ...extra });
      const usage = anthropicUsage(counts);
      if (usage !== undefined) events.push({ type: 'usage', usage });
    },
    abandon: () => undefined,
  };
};

/** `delta.text` of a piece of text. */
function textIn(json: unknown): TextSlot | undefined {
  const delta = asObject(asObject(json)?.delta);
  return delta?.type === 'text_delta' ? { object: delta, name: 'text' } : undefined;
}
