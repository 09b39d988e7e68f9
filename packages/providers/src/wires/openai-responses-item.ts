// One item of a response's output, over all its events: a message, reasoning, a call, or a tool of the service's own.
// Source: https://platform.openai.com/docs/api-reference/responses/object#responses-object-output
import type { ReasoningDetail, StreamEvent } from '@g4f/core';
import { asList, asNumber, asObject, asText, type Json } from './json.ts';
import { RESPONSES_FORMAT } from './openai-responses-input.ts';

type Kind = 'text' | 'reasoning' | 'refusal' | 'arguments';

/** Reads one item; what its pieces have said is not said again at its end. */
export interface Item {
  /** Adds a piece of text, of reasoning, of a refusal, or of a call's arguments. */
  add(kind: Kind, piece: Json, events: StreamEvent[]): void;
  /** Adds the whole text of a kind if no piece of it came. */
  complete(kind: Kind, text: unknown, events: StreamEvent[]): void;
  cite(annotation: Json, events: StreamEvent[]): void;
  /** Names the call, if it is one, as soon as that is known. */
  open(item: Json, events: StreamEvent[]): void;
  /** Adds what the whole item holds beyond its pieces. */
  close(item: Json, events: StreamEvent[]): void;
  isCall(): boolean;
}

/**
 * Long because its readers share one state: what has been said.
 *
 * @param key tells its call from others.
 */
export const createItem = (key: string): Item => {
  const said = { text: false, reasoning: false, refusal: false, arguments: false, citations: 0 };
  let named = false;
  let closed = false;

  const say = (kind: Kind, text: string | undefined, events: StreamEvent[], logprobs?: unknown): void => {
    if (text === undefined) return;
    const content = asList(logprobs);
    if (kind === 'text' && content.length === 0) events.push({ type: 'text-delta', text });
    else if (kind === 'text')
      events.push({ type: 'text-delta', text, extra: { choice: { logprobs: { content } } } });
    if (kind === 'reasoning') events.push({ type: 'reasoning-delta', text });
    if (kind === 'refusal') events.push({ type: 'aside', extra: { delta: { refusal: text } } });
    if (kind === 'arguments') events.push({ type: 'tool-call-delta', key, arguments: text });
  };

  const cite = (annotation: Json, events: StreamEvent[]): void => {
    said.citations += 1;
    const url = asText(annotation.url);
    const title = asText(annotation.title);
    const start = asNumber(annotation.start_index);
    const end = asNumber(annotation.end_index);
    if (url === undefined) events.push({ type: 'aside', extra: { delta: { citations: [annotation] } } });
    else
      events.push({
        type: 'source',
        url,
        ...(title !== undefined && { title }),
        ...(start !== undefined && { start }),
        ...(end !== undefined && { end }),
      });
  };

  const nameCall = ({ call_id, id, name }: Json, events: StreamEvent[]): void => {
    if (named) return;
    named = true;
    const its = asText(call_id) ?? asText(id);
    const called = asText(name);
    events.push({
      type: 'tool-call-delta',
      key,
      ...(its !== undefined && { id: its }),
      ...(called !== undefined && { name: called }),
    });
  };

  const closeMessage = (item: Json, events: StreamEvent[]): void => {
    const alreadyCited = said.citations > 0;
    for (const value of asList(item.content)) {
      const part = asObject(value) ?? {};
      if (!said.text) say('text', asText(part.text), events, part.logprobs);
      if (!said.refusal) say('refusal', asText(part.refusal), events);
      if (!alreadyCited) for (const one of asList(part.annotations)) cite(asObject(one) ?? {}, events);
    }
  };

  const closeReasoning = (item: Json, events: StreamEvent[]): void => {
    const texts = [...asList(item.summary), ...asList(item.content)].map((part) =>
      asText(asObject(part)?.text),
    );
    if (!said.reasoning) for (const text of texts) say('reasoning', text, events);
    const data = asText(item.encrypted_content);
    const id = asText(item.id);
    if (data === undefined) return;
    const detail: ReasoningDetail = {
      type: 'reasoning.encrypted',
      format: RESPONSES_FORMAT,
      data,
      ...(id !== undefined && { id }),
    };
    events.push({ type: 'aside', extra: { delta: { reasoning_details: [detail] } } });
  };

  const complete = (kind: Kind, value: unknown, events: StreamEvent[]): void => {
    const text = asText(value);
    if (said[kind] || text === undefined) return;
    said[kind] = true;
    say(kind, text, events);
  };

  return {
    isCall() {
      return named || said.arguments;
    },
    add(kind, { delta, logprobs }, events) {
      const text = asText(delta);
      if (text === undefined) return;
      said[kind] = true;
      say(kind, text, events, logprobs);
    },
    complete,
    cite,
    open(item, events) {
      if (item.type === 'function_call') nameCall(item, events);
    },
    close(item, events) {
      if (closed) return;
      closed = true;
      if (item.type === 'message') closeMessage(item, events);
      else if (item.type === 'reasoning') closeReasoning(item, events);
      else if (item.type === 'function_call') {
        nameCall(item, events);
        complete('arguments', item.arguments, events);
      } else closeOther(item, events);
    },
  };
};

/** A tool that the service used itself, kept whole; a picture it drew is a medium. */
function closeOther(item: Json, events: StreamEvent[]): void {
  const drawn = item.type === 'image_generation_call' ? asText(item.result) : undefined;
  const mediaType = `image/${asText(item.output_format) ?? 'png'}`;
  if (drawn !== undefined)
    events.push({ type: 'media', mediaType, url: `data:${mediaType};base64,${drawn}` });
  const { result: _, ...others } = item;
  events.push({
    type: 'aside',
    extra: { delta: { content_parts: [drawn === undefined ? item : others] } },
  });
}
