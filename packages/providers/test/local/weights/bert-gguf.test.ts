// The GGUF file of a BERT model has the header that llama.cpp reads, and after it the tensors as they came.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeBertGguf } from '../../../src/local/weights/bert-gguf.ts';
import { bertFacts, bertTensors, bertVocabulary, type FakeTensor, safetensors } from '../fake-bert.ts';
import { temporaryFolder } from '../fake-sources.ts';

/** Reads a GGUF file by its specification. */
const readGguf = (bytes: Buffer) => {
  let at = 0;
  const take = (length: number): Buffer => {
    at += length;
    return bytes.subarray(at - length, at);
  };
  const uint32 = (): number => take(4).readUInt32LE();
  const uint64 = (): number => Number(take(8).readBigUInt64LE());
  const text = (): string => take(uint64()).toString('utf8');
  const times = <T>(count: number, read: () => T): T[] => Array.from({ length: count }, () => read());
  const value = (type: number): unknown => {
    if (type === 4) return uint32();
    if (type === 5) return take(4).readInt32LE();
    if (type === 6) return take(4).readFloatLE();
    if (type === 7) return take(1).readUInt8() === 1;
    if (type === 8) return text();
    if (type !== 9) throw new Error(`there is no type ${type}`);
    const inner = uint32();
    return times(uint64(), () => value(inner));
  };
  const magic = take(4).toString('latin1');
  const [version, tensorCount, pairCount] = [uint32(), uint64(), uint64()];
  const pairs = times(pairCount, () => [text(), value(uint32())] as const);
  const tensors = times(tensorCount, () => ({
    name: text(),
    dimensions: times(uint32(), uint64),
    type: uint32(),
    offset: uint64(),
  }));
  return {
    magic,
    version,
    pairs: Object.fromEntries(pairs),
    tensors,
    data: bytes.subarray(Math.ceil(at / 32) * 32),
  };
};

const tensorAt = (at: number): FakeTensor => {
  const tensor = bertTensors[at];
  if (tensor === undefined) throw new Error('there is no such tensor');
  return tensor;
};

const make = async (tensors = bertTensors, vocabulary = bertVocabulary) => {
  const folder = temporaryFolder();
  const [from, words, target] = ['tensors', 'words', 'out'].map((name) => join(folder, name));
  if (from === undefined || words === undefined || target === undefined) throw new Error('three names');
  writeFileSync(from, safetensors(tensors));
  writeFileSync(words, vocabulary);
  const order = { name: 'Tiny BERT', facts: bertFacts, safetensors: from, vocabulary: words, target };
  return { target, from, done: writeBertGguf(order, new AbortController().signal) };
};

describe('writeBertGguf', () => {
  it('says in its header what the model is', async () => {
    const { target, done } = await make();
    await done;
    const { magic, version, pairs } = readGguf(readFileSync(target));
    expect({ magic, version }).toEqual({ magic: 'GGUF', version: 3 });
    expect(pairs).toEqual({
      'general.architecture': 'bert',
      'general.name': 'Tiny BERT',
      'general.file_type': 0,
      'bert.context_length': 8,
      'bert.embedding_length': 4,
      'bert.block_count': 1,
      'bert.feed_forward_length': 6,
      'bert.attention.head_count': 2,
      'bert.attention.layer_norm_epsilon': Math.fround(1e-12),
      'bert.attention.causal': false,
      'bert.pooling_type': 1,
      'tokenizer.ggml.model': 'bert',
      'tokenizer.ggml.tokens': [
        '[PAD]',
        '[unused0]',
        '[UNK]',
        '[CLS]',
        '[SEP]',
        '[MASK]',
        '▁[',
        '▁]',
        '▁die',
        's',
        '▁é',
      ],
      'tokenizer.ggml.token_type': [3, 3, 3, 3, 3, 3, 1, 1, 1, 1, 1],
      'tokenizer.ggml.token_type_count': 2,
      'tokenizer.ggml.bos_token_id': 3,
      'tokenizer.ggml.eos_token_id': 4,
      'tokenizer.ggml.unknown_token_id': 2,
      'tokenizer.ggml.seperator_token_id': 4,
      'tokenizer.ggml.padding_token_id': 0,
      'tokenizer.ggml.mask_token_id': 5,
    });
  });

  it('holds the tensors by the names of llama.cpp, as they are, and leaves out those that it has no use for', async () => {
    const { target, done } = await make();
    await done;
    const { tensors, data } = readGguf(readFileSync(target));
    const known = bertTensors.filter(({ gguf }) => gguf !== undefined);
    expect(tensors.map(({ name }) => name)).toEqual(known.map(({ gguf }) => gguf));
    for (const [at, { dimensions, type, offset }] of tensors.entries()) {
      const given = known[at];
      expect(type).toBe(0);
      expect(offset % 32).toBe(0);
      expect(dimensions).toEqual(given?.shape.toReversed());
      expect(given?.bytes.equals(data.subarray(offset, offset + given.bytes.length))).toBe(true);
    }
    const length = known.reduce((sum, { bytes }) => sum + bytes.length, 0);
    expect(data.length).toBe(length);
  });

  it('is the same whether or not the vocabulary ends with a line break', async () => {
    const [one, two] = [await make(), await make(bertTensors, bertVocabulary.trimEnd())];
    await Promise.all([one.done, two.done]);
    expect(readFileSync(one.target).equals(readFileSync(two.target))).toBe(true);
  });

  it.each([
    [
      'are of another type',
      bertTensors.map((tensor) => ({ ...tensor, dtype: 'F16' })),
      /is of type F16, not F32/,
    ],
    [
      'have a stranger among them',
      bertTensors.toSpliced(4, 0, { name: 'x', shape: [8], bytes: Buffer.alloc(32) }),
      /does not lie as it must/,
    ],
    [
      'begin where GGUF lets none begin',
      bertTensors.with(1, { ...tensorAt(1), shape: [7], bytes: Buffer.alloc(28) }),
      /token_embd_norm.bias does not lie as it must/,
    ],
  ])('refuses tensors that %s', async (_, tensors, message) => {
    const { target, done } = await make(tensors);
    await expect(done).rejects.toThrow(message);
    expect(existsSync(target)).toBe(false);
  });

  it('leaves nothing behind when it is given up', async () => {
    const { from, target, done } = await make();
    await done;
    const words = join(temporaryFolder(), 'words');
    writeFileSync(words, bertVocabulary);
    const order = { name: 'x', facts: bertFacts, safetensors: from, vocabulary: words, target };
    await expect(writeBertGguf(order, AbortSignal.abort())).rejects.toThrow(/abort/);
    expect(existsSync(target)).toBe(false);
  });

  it.each([
    ['2 ** 53', Buffer.from('0000000000002000', 'hex')],
    ['more than the file', Buffer.from('ffff000000000000', 'hex')],
  ])('allocates nothing for a header whose length is %s', async (_, length) => {
    const { from, done, target } = await make();
    await done;
    writeFileSync(from, length);
    const order = { name: 'x', facts: bertFacts, safetensors: from, vocabulary: from, target };
    await expect(writeBertGguf(order, new AbortController().signal)).rejects.toThrow(/cannot have|was cut/);
  });
});
