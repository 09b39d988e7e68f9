// Writes events in a dialect and reads them with our own wire for the same API: what comes out must be what went in.
import {
  type Batch,
  type ChatCompletion,
  type ChatRequest,
  type Context,
  createProjector,
  fold,
  type StreamEvent,
} from '@g4f/core';
import { loadWire, type WireName } from '@g4f/providers';
import { overWire } from '@g4f/providers/parts';
import type { ReadChat } from '../src/dialects/dialect.ts';

/** The bytes, cut into pieces of these sizes, again and again. */
export const cut = (bytes: Uint8Array, sizes: readonly number[]): Uint8Array[] => {
  const pieces: Uint8Array[] = [];
  for (let at = 0, turn = 0; at < bytes.length; turn += 1) {
    const size = sizes[turn % sizes.length] ?? 1;
    pieces.push(bytes.subarray(at, at + size));
    at += size;
  }
  return pieces;
};

/** The answer that our wire reads in bytes of this type. */
export const readBy = async (
  name: WireName,
  stream: boolean,
  type: string,
  pieces: readonly Uint8Array[],
): Promise<ChatCompletion> => {
  const provider = overWire(await loadWire(name), { baseURL: 'http://127.0.0.1:1', id: 'read' });
  const request: ChatRequest = { model: 'm', messages: [{ role: 'user', content: 'Hello' }], stream };
  const context: Context = {
    signal: new AbortController().signal,
    env: {},
    enter: () => undefined,
    warn: () => undefined,
    send: async () => ({
      status: 200,
      headers: { 'content-type': type },
      body: (async function* () {
        yield* pieces;
      })(),
      release: () => undefined,
    }),
  };
  return fold(provider.chat(request, context));
};

/** The whole answer of these events. */
export const foldOf = (events: Batch): Promise<ChatCompletion> =>
  fold(
    (async function* () {
      yield events;
    })(),
  );

const ASKED = { requestId: 'req_1', path: {}, query: new URLSearchParams('alt=sse') };

/** The stream of a dialect for these events, and the media type. */
export const streamOf = (read: ReadChat, events: readonly StreamEvent[]): { text: string; type: string } => {
  const call = read({ model: 'm', messages: [], contents: [], stream: true }, ASKED);
  const writer = call.writer();
  const project = createProjector();
  return {
    text: events.map((event) => writer.write(project(event))).join('') + writer.end(),
    type: call.streamType,
  };
};

/** What every dialect carries of an answer: the words, the reasoning, the calls, the end and the counts. */
export const essenceOf = ({ choices, usage }: ChatCompletion): object => ({
  choices: choices.map(({ message, finish_reason }) => ({
    content: message.content ?? '',
    reasoning: message.reasoning ?? '',
    calls: (message.tool_calls ?? []).map((call) => ({
      id: call.id,
      name: call.function.name,
      arguments: JSON.parse(call.function.arguments || '{}'),
    })),
    finish_reason,
  })),
  prompt: usage?.prompt_tokens,
  completion: usage?.completion_tokens,
  cached: usage?.prompt_tokens_details?.cached_tokens ?? 0,
});
