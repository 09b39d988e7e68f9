// What is known of a model, whoever offers it, and what its maker's models have in common.
import type { Modality, Price } from '@g4f/core';

/** The size of a model's vectors. */
export interface Dimensions {
  /** Where the caller names none. */
  readonly own: number;
  /** Whether the caller may choose a smaller one by `dimensions`, where the service takes that. */
  readonly chosen?: true;
}

/** The facts of one model; what could not be read at its maker's is left out. */
export interface ModelData {
  /** Other names of exactly this model. A name that moves from one model to the next is none of either. */
  readonly aliases?: readonly string[];
  /** In tokens. */
  readonly contextLength?: number;
  /** What it takes in; text unless given. */
  readonly input?: readonly Modality[];
  /** What it gives out; text unless given. */
  readonly output?: readonly Modality[];
  /** How many numbers its vectors have, where it embeds. */
  readonly dimensions?: Dimensions;
  /** At its maker's, for short prompts where the length counts. */
  readonly price?: Price;
  /** The day on which it came out (ISO 8601). */
  readonly released?: string;
  /** The day on which its maker ended it, or has announced to (ISO 8601). */
  readonly ended?: string;
  /** The family that its maker names as the one to move to, where we know that family. */
  readonly successor?: string;
}

/** A maker of models. */
export interface Maker {
  /** What to call it. */
  readonly id: string;
  /** The provider that is its own, unless that has the same id. */
  readonly home?: string;
  /** What others put before the names of its models: `meta-llama/…`. */
  readonly prefixes: readonly string[];
  readonly models: Readonly<Record<string, ModelData>>;
}

/** One model that several services may offer, each under an id of its own. */
export interface Family extends ModelData {
  readonly maker: string;
  /** The id of the maker's own provider, where there is one. */
  readonly home: string;
  /** What others put before its name. */
  readonly prefixes: readonly string[];
}

/** It sees. */
export const SEES = { input: ['text', 'image'] } as const;
/** It sees, hears and watches. */
export const SEES_ALL = { input: ['text', 'image', 'audio', 'video'] } as const;
/** It sees and watches. */
export const WATCHES = { input: ['text', 'image', 'video'] } as const;
/** It draws. */
export const DRAWS = { output: ['image'] } as const;
/** It turns what it is given into vectors of so many numbers. */
export const embeds = (own: number) => ({ output: ['embedding'], dimensions: { own } }) as const;
/** The same, and its vectors can be shorter. */
export const embedsUpTo = (own: number) =>
  ({ output: ['embedding'], dimensions: { own, chosen: true } }) as const;
/** It writes down what it hears. */
export const HEARS = { input: ['audio'] } as const;
/** It reads aloud. */
export const SPEAKS = { output: ['audio'] } as const;

/** US dollars per million tokens in and out. */
export const costs = (input: number, output: number): { readonly price: Price } => ({
  price: { input, output },
});
