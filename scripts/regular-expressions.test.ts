// Every regular expression of the packages takes linear time, or is matched only against text that was cut before.
import { check } from 'recheck';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { listFiles, nodesOf, parse, readSource } from './source-file.ts';

/** Files whose expressions may take longer, with the place where their text is cut. */
const CUT: Readonly<Record<string, string>> = {
  'packages/core/src/internal/duration.ts': 'LONGEST, 100 characters, in the same function',
  'packages/client/src/errors/quote.ts': 'MOST_QUOTED, 1,000 characters, in the same function',
  'packages/core/src/redact.ts': 'excerpt.ts gives it 16 KiB at most, and quote.ts 1,000 characters',
  'packages/providers/src/http/failures/refusal-table.ts':
    'LIMITS.searchedCharacters, in classify-refusal.ts',
  'packages/providers/src/http/failures/retry-after.ts': 'LIMITS.searchedCharacters, in the same file',
  'packages/providers/src/models/thinks-first.ts': 'the id of a model, which the client cuts',
};

/** Counts of steps alone end a search: by default, one that takes 250 ms on a busy machine is told as slow. */
const BY_COUNT = { timeout: null, seedingTimeout: null, incubationTimeout: null, attackTimeout: null };

const literals = listFiles()
  .filter((path) => /^packages\/[^/]+\/src\/.*\.ts$/.test(path) && !path.endsWith('.gen.ts'))
  .flatMap((path) => {
    const file = readSource(path);
    if (file === undefined) return [];
    return [...nodesOf(parse(file))]
      .filter((node) => node.kind === ts.SyntaxKind.RegularExpressionLiteral)
      .map((node) => ({ path, literal: node.getText() }));
  });

const timeOf = async (literal: string): Promise<string> => {
  const end = literal.lastIndexOf('/');
  const { status } = await check(literal.slice(1, end), literal.slice(end + 1), BY_COUNT);
  return status;
};

describe('regular expressions', () => {
  it('are found, and those that would not be linear are told', async () => {
    expect(literals.length).toBeGreaterThan(100);
    for (const slow of [String.raw`/\/+$/`, '/(a+)+$/', String.raw`/<title[^>]*>([^<]*)<\/title>/i`])
      expect(await timeOf(slow)).toBe('vulnerable');
    expect(await timeOf('/^a+$/')).toBe('safe');
  });

  it('are linear, but for those whose text is cut', async () => {
    const linear = literals.filter(({ path }) => CUT[path] === undefined);
    const checked = new Map<string, string>();
    for (const { literal } of linear) if (!checked.has(literal)) checked.set(literal, await timeOf(literal));
    const wrong = linear.filter(({ literal }) => checked.get(literal) !== 'safe');
    expect(wrong.map(({ path, literal }) => `${path}: ${literal}`)).toEqual([]);
  });

  it('have no exception that is not needed', () => {
    const files = new Set(literals.map(({ path }) => path));
    expect(Object.keys(CUT).filter((path) => !files.has(path))).toEqual([]);
  });
});
