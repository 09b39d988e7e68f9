// Writes the GGUF file of a BERT model: a header, and after it the tensors of its safetensors file, byte for byte.
// Sources: the format and the keys `general.*`, https://github.com/ggml-org/ggml/blob/master/docs/gguf.md; the keys
// `bert.*` and `tokenizer.ggml.*` and the names of tensors, as llama.cpp reads them:
// https://github.com/ggml-org/llama.cpp/blob/master/gguf-py/gguf/constants.py (how it spells a vocabulary: BertModel in
// convert_hf_to_gguf.py); the tensors' file, https://huggingface.co/docs/safetensors/index#format
import { type FileHandle, open, readFile, rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import type { BertFacts } from './model.ts';
import { createOwnFile } from './own-file.ts';

/** What the GGUF file is made of, and where it goes. */
export interface BertGguf {
  /** The model's name. */
  readonly name: string;
  readonly facts: Omit<BertFacts, 'safetensors' | 'vocabulary'>;
  /** The file of the tensors. */
  readonly safetensors: string;
  /** The file of the vocabulary: a word a line, whose id is the number of its line, from 0. */
  readonly vocabulary: string;
  readonly target: string;
}

/** A tensor of 32-bit floats as the safetensors header tells of it; `from` and `to` in bytes behind that header. */
interface Tensor {
  /** As llama.cpp calls it. */
  readonly name: string;
  readonly shape: readonly number[];
  readonly from: number;
  readonly to: number;
}

/** A tensor starts at a multiple of so many bytes, unless a header says otherwise. */
const ALIGNMENT = 32;
const MOST_HEADER_BYTES = 1024 * 1024;

/**
 * Writes the file. The tensors must be 32-bit floats that lie side by side, each where GGUF lets one begin, as they do in
 * all-MiniLM-L6-v2: then both formats hold the same bytes. Tensors that llama.cpp does not know (position ids, the
 * pooler) are left out.
 *
 * @throws Error when the tensors are others; the system's when a file cannot be read or written. No target is left then.
 */
export const writeBertGguf = async (order: BertGguf, signal: AbortSignal): Promise<void> => {
  const words = (await readFile(order.vocabulary, 'utf8')).replace(/\n$/, '').split('\n');
  const source = await open(order.safetensors, 'r');
  try {
    const { tensors, dataAt } = await readTensors(source);
    const [start, end] = [dataAt + (tensors[0]?.from ?? 0), dataAt + (tensors.at(-1)?.to ?? 0)];
    const header = headerOf(tensors, [...modelPairs(order), ...tokenizerPairs(words)]);
    const bytes = source.createReadStream({ start, end: end - 1, autoClose: false, highWaterMark: 2 ** 18 });
    const file = await createOwnFile(order.target);
    await pipeline(
      async function* () {
        yield header;
        yield* bytes;
      },
      file.createWriteStream(),
      { signal },
    );
  } catch (error) {
    await rm(order.target, { force: true });
    throw error;
  } finally {
    await source.close();
  }
};

async function readTensors(file: FileHandle): Promise<{ tensors: readonly Tensor[]; dataAt: number }> {
  const length = Number((await readAt(file, 0, 8)).readBigUInt64LE());
  if (length > MOST_HEADER_BYTES) throw new Error('the file of tensors names a length that it cannot have');
  const header = JSON.parse((await readAt(file, 8, length)).toString('utf8')) as Readonly<
    Record<string, { dtype: string; shape: readonly number[]; data_offsets: readonly [number, number] }>
  >;
  const tensors = Object.entries(header)
    .flatMap(([longName, { dtype, shape, data_offsets: [from, to] = [0, 0] }]) => {
      const name = tensorName(longName);
      if (name === undefined) return [];
      if (dtype !== 'F32') throw new Error(`the tensor ${longName} is of type ${dtype}, not F32`);
      return [{ name, shape, from, to }];
    })
    .sort((a, b) => a.from - b.from);
  let expected = tensors[0]?.from;
  for (const { name, from, to } of tensors) {
    if (from !== expected || (to - from) % ALIGNMENT !== 0)
      throw new Error(`the tensor ${name} does not lie as it must`);
    expected = to;
  }
  return { tensors, dataAt: 8 + length };
}

async function readAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position);
  if (bytesRead < length) throw new Error('the file of tensors was cut');
  return buffer;
}

const EMBEDDING_TENSORS: Readonly<Record<string, string>> = {
  word_embeddings: 'token_embd',
  position_embeddings: 'position_embd',
  token_type_embeddings: 'token_types',
  LayerNorm: 'token_embd_norm',
};
const LAYER_TENSORS: Readonly<Record<string, string>> = {
  'attention.self.query': 'attn_q',
  'attention.self.key': 'attn_k',
  'attention.self.value': 'attn_v',
  'attention.output.dense': 'attn_output',
  'attention.output.LayerNorm': 'attn_output_norm',
  'intermediate.dense': 'ffn_up',
  'output.dense': 'ffn_down',
  'output.LayerNorm': 'layer_output_norm',
};

/** What llama.cpp calls a tensor of BERT; undefined where it has no use for it. */
function tensorName(name: string): string | undefined {
  const [, part = '', kind] = /^embeddings\.(\w+)\.(weight|bias)$/.exec(name) ?? [];
  if (kind !== undefined && EMBEDDING_TENSORS[part] !== undefined)
    return `${EMBEDDING_TENSORS[part]}.${kind}`;
  const [, layer, inner = '', which] = /^encoder\.layer\.(\d+)\.([\w.]+)\.(weight|bias)$/.exec(name) ?? [];
  return LAYER_TENSORS[inner] && `blk.${layer}.${LAYER_TENSORS[inner]}.${which}`;
}

/** Types of values, by GGUF's numbers. */
const TYPE = { uint32: 4, int32: 5, float32: 6, bool: 7, string: 8, array: 9 } as const;
/** Kinds of tokens, by llama.cpp's numbers. */
const TOKEN = { normal: 1, control: 3 } as const;

const uint32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
};
const uint64 = (value: number): Buffer => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(value));
  return bytes;
};
const float32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeFloatLE(value);
  return bytes;
};
const text = (value: string): Buffer => {
  const bytes = Buffer.from(value, 'utf8');
  return Buffer.concat([uint64(bytes.length), bytes]);
};
const list = (type: number, values: readonly Buffer[]): Buffer =>
  Buffer.concat([uint32(type), uint64(values.length), ...values]);

function headerOf(tensors: readonly Tensor[], pairs: readonly Pair[]): Buffer {
  const [first] = tensors;
  const header = Buffer.concat([
    Buffer.from('GGUF', 'latin1'),
    uint32(3),
    uint64(tensors.length),
    uint64(pairs.length),
    ...pairs.flatMap(([key, type, value]) => [text(key), uint32(type), value]),
    ...tensors.flatMap(({ name, shape, from }) => [
      text(name),
      uint32(shape.length),
      // GGUF names the innermost dimension first.
      ...shape.toReversed().map(uint64),
      // 32-bit floats.
      uint32(0),
      uint64(from - (first?.from ?? 0)),
    ]),
  ]);
  return Buffer.concat([header, Buffer.alloc((ALIGNMENT - (header.length % ALIGNMENT)) % ALIGNMENT)]);
}

type Pair = readonly [key: string, type: number, value: Buffer];

const modelPairs = ({ name, facts }: BertGguf): readonly Pair[] => [
  ['general.architecture', TYPE.string, text('bert')],
  ['general.name', TYPE.string, text(name)],
  // All tensors are 32-bit floats.
  ['general.file_type', TYPE.uint32, uint32(0)],
  ['bert.context_length', TYPE.uint32, uint32(facts.positions)],
  ['bert.embedding_length', TYPE.uint32, uint32(facts.dimensions)],
  ['bert.block_count', TYPE.uint32, uint32(facts.layers)],
  ['bert.feed_forward_length', TYPE.uint32, uint32(facts.feedForward)],
  ['bert.attention.head_count', TYPE.uint32, uint32(facts.heads)],
  ['bert.attention.layer_norm_epsilon', TYPE.float32, float32(facts.layerNormEpsilon)],
  ['bert.attention.causal', TYPE.bool, Buffer.of(0)],
  // The vector of a text is the mean of its tokens' vectors.
  ['bert.pooling_type', TYPE.uint32, uint32(1)],
];

function tokenizerPairs(words: readonly string[]): readonly Pair[] {
  const control = (word: string): boolean => /^\[(PAD|UNK|CLS|SEP|MASK|unused\d+)\]$/.test(word);
  // A word that begins a text's word has U+2581 before it, one that goes on with it has nothing: BERT writes ## there.
  const spelled = words.map((word) => {
    if (control(word)) return text(word);
    return text(word.startsWith('##') ? word.slice(2) : `\u2581${word}`);
  });
  const kinds = words.map((word) => uint32(control(word) ? TOKEN.control : TOKEN.normal));
  const id = (word: string): Buffer => uint32(words.indexOf(word));
  return [
    ['tokenizer.ggml.model', TYPE.string, text('bert')],
    ['tokenizer.ggml.tokens', TYPE.array, list(TYPE.string, spelled)],
    ['tokenizer.ggml.token_type', TYPE.array, list(TYPE.int32, kinds)],
    ['tokenizer.ggml.token_type_count', TYPE.uint32, uint32(2)],
    ['tokenizer.ggml.bos_token_id', TYPE.uint32, id('[CLS]')],
    ['tokenizer.ggml.eos_token_id', TYPE.uint32, id('[SEP]')],
    ['tokenizer.ggml.unknown_token_id', TYPE.uint32, id('[UNK]')],
    ['tokenizer.ggml.seperator_token_id', TYPE.uint32, id('[SEP]')],
    ['tokenizer.ggml.padding_token_id', TYPE.uint32, id('[PAD]')],
    ['tokenizer.ggml.mask_token_id', TYPE.uint32, id('[MASK]')],
  ];
}
