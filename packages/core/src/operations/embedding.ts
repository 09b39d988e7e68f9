// Embeddings, in OpenAI's shapes. Source: https://platform.openai.com/docs/api-reference/embeddings
import type { CostBasis } from './cost-basis.ts';

/** How a vector is written: as numbers, or as base64 of its numbers as little-endian 32-bit floats. */
export type EmbeddingFormat = 'float' | 'base64';

/** What is embedded: texts, or texts that have been cut into the model's tokens. */
export type EmbeddingInput = readonly string[] | readonly (readonly number[])[];

/** One request for embeddings as a provider receives it: `model` is the provider's own id, `input` is a list that is not empty. */
export interface EmbeddingRequest {
  readonly model: string;
  readonly input: EmbeddingInput;
  /** How many numbers each vector shall have; the model's own number unless given. */
  readonly dimensions?: number;
  readonly encoding_format?: EmbeddingFormat;
  readonly user?: string;
  /** A parameter that is not known by name goes to the service as it is. */
  readonly [parameter: string]: unknown;
}

/** A vector as `encoding_format` has it: numbers, or a text for `base64`. */
export type EmbeddingVector = number[] | string;

/** The vector of one input. */
export interface Embedding<Vector extends EmbeddingVector = EmbeddingVector> {
  readonly object: 'embedding';
  /** The place of its input in the list. */
  readonly index: number;
  readonly embedding: Vector;
}

/** In tokens; what it cost as in `Usage`. */
export interface EmbeddingUsage {
  readonly prompt_tokens: number;
  readonly total_tokens: number;
  readonly cost?: number;
  readonly cost_basis?: CostBasis;
}

/** The vectors of all inputs, in their order. */
export interface EmbeddingResponse<Vector extends EmbeddingVector = EmbeddingVector> {
  readonly object: 'list';
  readonly data: readonly Embedding<Vector>[];
  readonly model: string;
  /** In tokens; absent where the service does not count. */
  readonly usage?: EmbeddingUsage;
  /** Who answered; stamped by the client. */
  readonly provider?: string;
  /** Set if the answer was kept, and is given again: nobody was asked; stamped by the client. */
  readonly cached?: true;
  /** What could not be done of what was asked; stamped by the client. */
  readonly warnings?: readonly string[];
  /** The service's id of the request, null if it names none; and its headers, without cookies and keys. Set by clients, not enumerable. */
  readonly _request_id?: string | null;
  readonly _headers?: Readonly<Record<string, string>>;
}
