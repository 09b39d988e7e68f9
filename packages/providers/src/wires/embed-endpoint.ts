// What a protocol must give so that a service can embed over it, and what a service says of its embeddings.
import type { EmbeddingRequest } from '@g4f/core';
import type { RequestBody } from './request-body.ts';

/** What a request for embeddings may have besides texts: OpenAI's parameters, lists of tokens as input, vectors as base64. */
export type EmbedFeature = 'dimensions' | 'user' | 'tokens' | 'base64';

/** The embeddings of a service; the defaults suit one's own endpoint. */
export interface EmbedFacts {
  /** Model families it embeds with → its own id for exactly that model. */
  readonly models?: Readonly<Record<string, string>>;
  /** The most inputs of one request; 96 unless given. More are sent as several requests. */
  readonly maxInputs?: number;
  /** The most tokens of one request, all inputs together. A character is counted as one token: few are more. */
  readonly maxTokens?: number;
  /** What it documents besides texts; all that the wire has a place for, unless given. */
  readonly takes?: readonly EmbedFeature[];
  /** OpenAI's embeddings: the field of the vectors' size; `dimensions` unless given. */
  readonly dimensionsField?: string;
  /** Its models, by their ids, whose vectors have one size only. */
  readonly fixedSize?: RegExp;
  /** How it embeds, if not as its wire does. */
  readonly endpoint?: EmbedEndpoint;
}

/** One vector as a service gave it: not checked; `index` is the place of its input, where the protocol has one. */
export interface ReadVector {
  readonly vector: unknown;
  readonly index?: number | undefined;
}

/** What an answer with embeddings holds. */
export interface ReadEmbeddings {
  readonly vectors: readonly ReadVector[];
  readonly model?: string | undefined;
  /** Tokens of all inputs, where the service counts them. */
  readonly tokens?: number | undefined;
}

/** How a wire embeds. */
export interface EmbedEndpoint {
  /** What the protocol has a place for; a service may take less. */
  readonly takes: readonly EmbedFeature[];
  /** Where the request goes, below the base. */
  readonly path: (request: EmbeddingRequest) => string;
  /** The body of a request that has only what the service takes; `encoding_format` is `base64` or absent. */
  readonly encode: (request: EmbeddingRequest, facts: EmbedFacts) => RequestBody;
  /** Reads the JSON of an answer; undefined if it is none. */
  readonly read: (json: unknown) => ReadEmbeddings | undefined;
}
