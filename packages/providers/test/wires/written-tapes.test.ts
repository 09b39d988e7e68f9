// Short answers written by hand after the documented formats: each gives its golden, whole, in 7 bytes and byte by byte.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ChatCompletion, extraOf } from '@g4f/core';
import { describe, expect, it } from 'vitest';
import { loadWire, WIRE_NAMES, type WireName } from '../../src/provider/named-wire.ts';
import { folded, hearWire } from './hear-wire.ts';

const ROOT = join(import.meta.dirname, 'tapes');
const KINDS = ['reasoning', 'text', 'tool-calls'] as const;
const CUTS = [
  ['whole', undefined],
  ['in pieces of 7 bytes', 7],
  ['byte by byte', 1],
] as const;

/** Names of a wire's tapes, and the file of each; the body stands in it as it comes over the network. */
const tapesOf = (wire: WireName): ReadonlyMap<string, string> =>
  new Map(
    readdirSync(join(ROOT, wire))
      .filter((file) => !file.endsWith('.golden.json'))
      .map((file) => [file.replace(/\.\w+$/, ''), join(ROOT, wire, file)] as const)
      .sort(),
  );

/** What the answer means, without ids and a model where the service gives none. What a golden leaves out must not be there. */
const meaningOf = ({ choices: [choice], usage, model }: ChatCompletion, golden: object): unknown => {
  const { message } = choice ?? {};
  const { citations, tool_plan } = extraOf(message ?? {});
  const hasIds = JSON.stringify(golden).includes('"id"');
  const all = {
    model: 'model' in golden ? model : undefined,
    text: message?.content || undefined,
    reasoning: message?.reasoning || undefined,
    toolPlan: tool_plan,
    annotations: message?.annotations,
    citations,
    toolCalls: message?.tool_calls?.map(({ id, function: called }) => (hasIds ? { id, ...called } : called)),
    finish: choice?.finish_reason,
    native: choice?.native_finish_reason,
    usage: {
      prompt: usage?.prompt_tokens,
      completion: usage?.completion_tokens,
      total: usage?.total_tokens,
      cached: usage?.prompt_tokens_details?.cached_tokens,
      reasoning: usage?.completion_tokens_details?.reasoning_tokens,
    },
  };
  return JSON.parse(JSON.stringify(all));
};

describe.each(WIRE_NAMES)('%s', (name) => {
  const tapes = tapesOf(name);

  it('has a tape of every kind', () => {
    expect([...tapes.keys()]).toEqual(KINDS);
  });

  describe.each([...tapes])('%s', (_kind, file) => {
    it.each(CUTS)('%s', async (_how, cut) => {
      const golden = JSON.parse(readFileSync(file.replace(/\.\w+$/, '.golden.json'), 'utf8'));
      const heard = await hearWire(
        await loadWire(name),
        readFileSync(file, 'utf8'),
        cut === undefined ? {} : { cut },
      );
      expect(heard.error).toBeUndefined();
      expect(meaningOf(await folded(heard), golden)).toEqual(golden);
    });
  });
});
