// One block of an Anthropic message, over all its pieces: text, thinking, a call, or anything the service adds.
// Source: https://platform.claude.com/docs/en/build-with-claude/streaming#content-block-delta-types
import type { ReasoningDetail, StreamEvent } from '@g4f/core';
import { parseJson } from '../http/json-text.ts';
import { ANTHROPIC_FORMAT } from './anthropic-messages-content.ts';
import { asList, asObject, asText, type Json, otherFields } from './json.ts';

/** Reads the pieces of one block. */
export interface Block {
  /** Adds what it begins with. */
  open(events: StreamEvent[]): void;
  /** Adds one more piece of it. */
  add(delta: Json, events: StreamEvent[]): void;
  /** Adds what is known only at its end. */
  close(events: StreamEvent[]): void;
  /** Whether it is a call whose arguments are not whole. */
  isCutCall(): boolean;
}

/** @param key tells its call from others. */
export const createBlock = (key: string, content: Json): Block => {
  switch (content.type) {
    case 'text':
      return textBlock(content);
    case 'thinking':
    case 'redacted_thinking':
      return thoughtBlock(content);
    case 'tool_use':
      return callBlock(key, content);
    default:
      return otherBlock(content);
  }
};

function textBlock({ text, citations }: Json): Block {
  const say = (piece: unknown, events: StreamEvent[]): void => {
    const more = asText(piece);
    if (more !== undefined) events.push({ type: 'text-delta', text: more });
  };
  return {
    open(events) {
      say(text, events);
      for (const citation of asList(citations)) cite(asObject(citation), events);
    },
    add(delta, events) {
      if (delta.type === 'citations_delta') cite(asObject(delta.citation), events);
      else say(delta.text, events);
    },
    close: () => undefined,
    isCutCall: () => false,
  };
}

/** A page has an address; a place in a document of the caller's has none, and goes along as it is. */
function cite(citation: Json | undefined, events: StreamEvent[]): void {
  if (citation === undefined) return;
  const url = asText(citation.url);
  const title = asText(citation.title);
  if (url === undefined) events.push({ type: 'aside', extra: { delta: { citations: [citation] } } });
  else events.push({ type: 'source', url, ...(title !== undefined && { title }) });
}

/** The service wants its thinking back as it was, signed. */
function thoughtBlock(content: Json): Block {
  let text = '';
  let signature = asText(content.signature);
  const think = (piece: unknown, events: StreamEvent[]): void => {
    const more = asText(piece);
    if (more === undefined) return;
    text += more;
    events.push({ type: 'reasoning-delta', text: more });
  };
  return {
    open: (events) => think(content.thinking, events),
    add(delta, events) {
      think(delta.thinking, events);
      signature = asText(delta.signature) ?? signature;
    },
    close(events) {
      const data = asText(content.data);
      const detail: ReasoningDetail | undefined =
        data !== undefined
          ? { type: 'reasoning.encrypted', format: ANTHROPIC_FORMAT, data }
          : signature !== undefined
            ? { type: 'reasoning.text', format: ANTHROPIC_FORMAT, text, signature }
            : undefined;
      if (detail !== undefined)
        events.push({ type: 'aside', extra: { delta: { reasoning_details: [detail] } } });
    },
    isCutCall: () => false,
  };
}

const KNOWN_IN_CALL: ReadonlySet<string> = new Set(['type', 'id', 'name', 'input']);

function callBlock(key: string, content: Json): Block {
  let said = '';
  const argue = (piece: string | undefined, events: StreamEvent[]): void => {
    if (piece === undefined) return;
    said += piece;
    events.push({ type: 'tool-call-delta', key, arguments: piece });
  };
  return {
    open(events) {
      const id = asText(content.id);
      const name = asText(content.name);
      const others = otherFields(content, KNOWN_IN_CALL);
      events.push({
        type: 'tool-call-delta',
        key,
        ...(id !== undefined && { id }),
        ...(name !== undefined && { name }),
        ...(others !== undefined && { extra: { delta: { content_parts: [content] } } }),
      });
      const input = asObject(content.input);
      if (input !== undefined && Object.keys(input).length > 0) argue(JSON.stringify(input), events);
    },
    add: (delta, events) => argue(asText(delta.partial_json), events),
    // A call without arguments is sent without any: `{}` is what it means.
    close(events) {
      if (said === '') argue('{}', events);
    },
    isCutCall: () => parseJson(said) === undefined,
  };
}

/** What we have no event for (a search of the service's own, its result, a summary) is kept whole. */
function otherBlock(content: Json): Block {
  const whole: Record<string, unknown> = { ...content };
  let input = '';
  return {
    open: () => undefined,
    add(delta) {
      const { type: _, partial_json, ...others } = delta;
      input += asText(partial_json) ?? '';
      for (const [name, value] of Object.entries(others)) {
        const old = whole[name];
        whole[name] = typeof old === 'string' && typeof value === 'string' ? old + value : value;
      }
    },
    close(events) {
      if (input !== '') whole.input = parseJson(input) ?? input;
      events.push({ type: 'aside', extra: { delta: { content_parts: [whole] } } });
    },
    isCutCall: () => false,
  };
}
