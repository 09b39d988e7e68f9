// Runs checks one after the other, and says what came of each.
import type { Check } from './checks/check.ts';

/** What came of one check. */
export interface CheckResult {
  readonly name: string;
  readonly result: 'passed' | 'failed' | 'skipped';
  /** Why it failed, or was skipped. */
  readonly message?: string;
}

/** What came of all checks of a provider. */
export interface Report {
  readonly provider: string;
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly checks: readonly CheckResult[];
}

/** @param provider whose checks they are. */
export const runChecks = async (provider: string, checks: readonly Check[]): Promise<Report> => {
  const results: CheckResult[] = [];
  for (const check of checks) results.push(await runOne(check));
  const count = (result: CheckResult['result']): number =>
    results.filter((one) => one.result === result).length;
  return {
    provider,
    passed: count('passed'),
    failed: count('failed'),
    skipped: count('skipped'),
    checks: results,
  };
};

async function runOne({ name, skipped, run }: Check): Promise<CheckResult> {
  if (skipped !== undefined) return { name, result: 'skipped', message: skipped };
  try {
    await run();
    return { name, result: 'passed' };
  } catch (error) {
    return { name, result: 'failed', message: error instanceof Error ? error.message : String(error) };
  }
}
