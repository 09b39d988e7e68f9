// The methods of a client that carry out an operation: one table for AsyncClient, Client and the worker.
import type { Batch, ChatCompletion, EmbeddingResponse } from '@g4f/core';
import type { OperationKind } from '../engine/operation-kind.ts';
import { packVectors, unpackVectors } from './pack-vectors.ts';
import type { Packed } from './packed.ts';

/** A method, and its operation, which is loaded with the first call. */
export interface Method<Part, Answer extends object> {
  load(): Promise<OperationKind<Part, Answer>>;
  /** Makes an answer ready to cross between threads. */
  pack(answer: Answer): Packed;
  /** Reads it on the other side. */
  unpack(packed: Packed): Answer;
}

const packJson = (json: unknown): Packed => ({ json, bytes: [] });

const chat: Method<Batch, ChatCompletion> = {
  load: async () => (await import('./full-client.ts')).chatOperation,
  pack: packJson,
  unpack: ({ json }) => json as ChatCompletion,
};

const embeddings: Method<EmbeddingResponse, EmbeddingResponse> = {
  load: async () => (await import('../embeddings/embed-operation.ts')).embedOperation,
  pack: packVectors,
  unpack: unpackVectors,
};

/** By their paths on a client. */
export const METHODS = {
  'chat.completions.create': chat,
  'embeddings.create': embeddings,
} as const;

/** The path of a method. */
export type MethodName = keyof typeof METHODS;
