// The kit passes a provider of moderations that keeps its promises, and names the promise that another one breaks.
import { describe, expect, it } from 'vitest';
import { runChecks, testProvider } from '../src/index.ts';
import { type BrokenModerator, goodModerator } from './good-moderator.ts';

const resultsOf = async (broken?: BrokenModerator) =>
  (await runChecks('acme', testProvider(goodModerator(broken)))).checks;

describe('the kit', () => {
  it('passes a good one, which need not chat', async () => {
    const checks = await resultsOf();
    expect(checks.filter(({ result }) => result === 'failed')).toEqual([]);
    expect(checks.filter(({ name }) => name.startsWith('moderate: ')).length).toBeGreaterThan(20);
  });

  it.each<[string, BrokenModerator, string]>([
    ['takes a refusal for an answer', { ignoresStatus: true }, 'answers 500 with server'],
    [
      'takes no results for an answer',
      { trustsResults: true },
      'takes an answer without results for no answer',
    ],
    [
      'does not ask for what',
      { trustsCategories: true },
      'takes results that do not say for what for no answer',
    ],
    [
      'takes a result without a sum for harmless',
      { needsFlagged: true },
      'gives the answer of its service, where that leaves the sum to the reader',
    ],
    ['takes a web page for an answer', { takesAnything: true }, 'takes a web page for no answer'],
    ['takes half an answer', { takesAnything: true }, 'takes a cut answer for no answer'],
    ['puts the key into its errors', { leaksKey: true }, 'answers 401 with auth'],
    ['puts the texts into its errors', { repeatsInput: true }, 'answers 400 with invalid-request'],
    [
      'puts the key into the body',
      { keyInBody: true },
      'goes where it is told, with its key in one header and nowhere else',
    ],
    [
      'asks without a key',
      { asksWithoutKey: true },
      'names the variable when its key is missing, and asks nobody',
    ],
    ['calls the global fetch', { usesFetch: true }, 'looks at nothing but what it is lent'],
    ['takes an abort for an end', { ignoresAbort: true }, 'ends at once when the call is aborted in silence'],
  ])('catches one that %s', async (_name, broken, check) => {
    const failed = (await resultsOf(broken)).filter(({ result }) => result === 'failed');
    expect(failed.map(({ name }) => name)).toContain(`moderate: ${check}`);
  });
});
