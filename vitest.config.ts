// All projects of the workspace in one test run, closed by one summary line.
import { availableParallelism } from 'node:os';
import { defineConfig, type TestProjectConfiguration } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Projects whose files take longest: begun last, one of them would be waited for alone. */
const LONG: readonly string[] = ['reliability', 'house', 'demo'];

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isLong = ({ project }: TestSpecification): boolean => LONG.includes(project.name);
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}

const OF_PROVIDERS = {
  root: './packages/providers',
  extends: './packages/providers/vitest.config.ts',
} as const;

/** The many files about wires keep nothing in their modules: to load all of these anew for each took most of their time. */
const PROVIDERS: readonly TestProjectConfiguration[] = [
  { ...OF_PROVIDERS, test: { name: 'providers', exclude: ['test/wires/**'] } },
  {
    ...OF_PROVIDERS,
    test: { name: 'providers-wires', exclude: ['test/*.test.ts', 'test/!(wires)/**'], isolate: false },
  },
];

export default defineConfig({
  test: {
    // Many tests wait: for a deadline, a process, or a service that says nothing. Meanwhile others compute.
    maxWorkers: availableParallelism() + 2,
    projects: ['packages/!(providers)', ...PROVIDERS, 'apps/*', 'reliability', 'scripts'],
    reporters: ['default', './scripts/summary-reporter.ts'],
    sequence: { sequencer: LongestFirst },
  },
});
