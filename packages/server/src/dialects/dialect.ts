// What it takes to serve an API: the inverse of a wire. A request is read, an answer is written, a failure is told in its form.
import type { ChatCompletion, ChatCompletionChunk } from '@g4f/core';
import type { Failure } from '../failure/refusal.ts';
import type { Json } from '../json/json.ts';

/** The API of a service, as far as all its routes have it in common. */
export interface Dialect {
  /** The body of a refusal. */
  readonly refusal: (failure: Failure, requestId: string) => object;
}

/** What a request for a chat says. */
export interface ChatCall {
  /** The parameters of `chat.completions.create`, `stream` left out. */
  readonly params: Json;
  readonly stream: boolean;
  /** The media type of the stream. */
  readonly streamType: string;
  /** Writes one stream. Made when the stream begins. */
  readonly writer: () => ChunkWriter;
  /** The answer in one piece. */
  readonly whole: (answer: ChatCompletion) => object;
}

/** Writes the chunks of one answer as a stream of the dialect. Texts are joined as they come; an empty one says nothing. */
export interface ChunkWriter<Chunk = ChatCompletionChunk> {
  readonly write: (chunk: Chunk) => string;
  /** What ends a complete answer. */
  readonly end: () => string;
  /** What ends an answer that failed: never what a complete one ends with. */
  readonly fail: (failure: Failure) => string;
  /** What may be written while there is nothing to say, and says nothing; absent where the API has no such thing. */
  readonly signOfLife?: string;
}

/** Where a request came from, besides its body. */
export interface Asked {
  readonly requestId: string;
  /** The parts of the path that a route names. */
  readonly path: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
}

/** Reads the body of a request for a chat. @throws Refusal 400 that names the field that cannot be read. */
export type ReadChat = (body: Json, asked: Asked) => ChatCall;
