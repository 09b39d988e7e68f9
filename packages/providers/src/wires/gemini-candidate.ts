// One candidate of a Gemini answer, over all its payloads: text, thoughts, calls, pictures, sources, finish.
// Source: https://ai.google.dev/api/generate-content#candidate and https://ai.google.dev/api/caching#Part
import type { ReasoningDetail, StreamEvent } from '@g4f/core';
import { type Asked, failureInside } from '../http/failure.ts';
import { toFinishReason } from './finish-reason.ts';
import { GEMINI_FORMAT } from './gemini-content.ts';
import { createPartialArguments, type PartialArguments } from './gemini-partial-arguments.ts';
import { asList, asObject, asText, type Json, otherFields } from './json.ts';

type Finish = Extract<StreamEvent, { type: 'finish' }>;

/** Reads the pieces of one candidate. */
export interface Candidate {
  finished(): boolean;
  read(candidate: Json, events: StreamEvent[]): void;
  /** Adds the finish at the good end of a stream that named no reason. */
  close(events: StreamEvent[]): void;
}

const KNOWN: ReadonlySet<string> = new Set(['content', 'finishReason', 'index', 'groundingMetadata']);
const KNOWN_IN_PART: ReadonlySet<string> = new Set([
  'text',
  'thought',
  'thoughtSignature',
  'functionCall',
  'inlineData',
]);
const FILTERED: ReadonlySet<string> = new Set([
  ...[
    'SAFETY',
    'RECITATION',
    'BLOCKLIST',
    'PROHIBITED_CONTENT',
    'SPII',
    'IMAGE_SAFETY',
    'IMAGE_PROHIBITED_CONTENT',
  ],
]);
/** The answer was given up: what the model wrote as a call is none. */
const FAILED: ReadonlySet<string> = new Set([
  'MALFORMED_FUNCTION_CALL',
  'UNEXPECTED_TOOL_CALL',
  'TOO_MANY_TOOL_CALLS',
]);

/**
 * Long because its readers share one state: calls that are open, and what has finished.
 *
 * @param answer the answer's id, of which the ids of calls are made: the service gives none.
 */
export const createCandidate = (
  index: number,
  answer: string,
  asked: Asked,
  headers: Readonly<Record<string, string>>,
): Candidate => {
  const at = index === 0 ? undefined : { choice: index };
  const cited = new Set<string>();
  let calls = 0;
  let open: { readonly id: string; readonly name: string; readonly args: PartialArguments } | undefined;
  // Held back until nothing more can come: words may follow it.
  let finish: Finish | undefined;

  const call = (id: string, name: string, args: unknown, events: StreamEvent[]): void => {
    const key = String(calls);
    calls += 1;
    events.push({ type: 'tool-call-delta', key, id, name, arguments: JSON.stringify(args ?? {}), ...at });
  };

  const closeCall = (events: StreamEvent[]): void => {
    if (open === undefined) return;
    const { id, name, args } = open;
    open = undefined;
    call(id, name, args.value(), events);
  };

  /** A call comes whole, or as a name, pieces of arguments, and an end; it is handed out when it is whole. */
  const readCall = (fn: Json, events: StreamEvent[]): string | undefined => {
    const name = asText(fn.name);
    if (name !== undefined) {
      closeCall(events);
      const id = asText(fn.id) ?? `${answer}-${index}-${calls}`;
      if (fn.willContinue !== true && fn.partialArgs === undefined) {
        call(id, name, fn.args, events);
        return id;
      }
      open = { id, name, args: createPartialArguments() };
    }
    for (const piece of asList(fn.partialArgs)) open?.args.add(asObject(piece) ?? {});
    const id = open?.id;
    if (fn.willContinue !== true) closeCall(events);
    return id;
  };

  const readPart = (part: Json, events: StreamEvent[]): void => {
    const text = asText(part.text);
    if (text !== undefined)
      events.push({ type: part.thought === true ? 'reasoning-delta' : 'text-delta', text, ...at });
    const fn = asObject(part.functionCall);
    const id = fn && readCall(fn, events);
    const data = asObject(part.inlineData);
    if (data !== undefined) {
      const mediaType = asText(data.mimeType) ?? 'application/octet-stream';
      events.push({
        type: 'media',
        mediaType,
        url: `data:${mediaType};base64,${asText(data.data) ?? ''}`,
        ...at,
      });
    }
    const signature = asText(part.thoughtSignature);
    if (signature !== undefined) events.push(signed(signature, id));
    const others = otherFields(part, KNOWN_IN_PART);
    if (others !== undefined)
      events.push({ type: 'aside', extra: { delta: { content_parts: [part] } }, ...at });
  };

  const signed = (data: string, id: string | undefined): StreamEvent => {
    const detail: ReasoningDetail = {
      type: 'reasoning.encrypted',
      format: GEMINI_FORMAT,
      data,
      ...(id !== undefined && { id }),
    };
    return { type: 'aside', extra: { delta: { reasoning_details: [detail] } }, ...at };
  };

  const cite = (grounding: Json, events: StreamEvent[]): void => {
    for (const item of asList(grounding.groundingChunks)) {
      const chunk = asObject(item);
      const page = asObject(chunk?.web) ?? asObject(chunk?.retrievedContext) ?? asObject(chunk?.maps);
      const url = asText(page?.uri);
      const title = asText(page?.title);
      if (url === undefined || cited.has(url)) continue;
      cited.add(url);
      events.push({ type: 'source', url, ...(title !== undefined && { title }), ...at });
    }
    const { groundingChunks: _, ...others } = grounding;
    if (otherFields(others, new Set()) !== undefined)
      events.push({ type: 'aside', extra: { choice: { groundingMetadata: others } }, ...at });
  };

  const finishedBy = (raw: string, message: string | undefined, events: StreamEvent[]): Finish => {
    if (FAILED.has(raw))
      throw failureInside(
        { message: message ?? `the answer ended with ${raw}`, labels: 'server_error' },
        asked,
        headers,
      );
    // The limit came in the middle of a call: what there is of it is no call.
    if (raw === 'MAX_TOKENS') open = undefined;
    closeCall(events);
    const reason = FILTERED.has(raw) ? 'content_filter' : toFinishReason(raw);
    return {
      type: 'finish',
      reason: reason === 'stop' && calls > 0 ? 'tool_calls' : reason,
      rawReason: raw,
      ...at,
    };
  };

  return {
    finished() {
      return finish !== undefined;
    },
    read(candidate, events) {
      const first = events.length;
      for (const part of asList(asObject(candidate.content)?.parts)) readPart(asObject(part) ?? {}, events);
      if (events.length > first) finish = undefined;
      const grounding = asObject(candidate.groundingMetadata);
      if (grounding !== undefined) cite(grounding, events);
      const choice = otherFields(candidate, KNOWN);
      if (choice !== undefined) events.push({ type: 'aside', extra: { choice }, ...at });
      const raw = asText(candidate.finishReason);
      if (raw !== undefined && raw !== 'FINISH_REASON_UNSPECIFIED')
        finish ??= finishedBy(raw, asText(candidate.finishMessage), events);
    },
    close(events) {
      events.push(finish ?? finishedBy('STOP', undefined, events));
    },
  };
};
