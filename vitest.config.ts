// All projects of the workspace in one test run, closed by one summary line.
import { readdirSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
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

/**
 * What a test file does that others of its worker would see: it replaces modules, or must see them loaded. Or it asks by the platform's
 * `fetch`, which takes the dispatcher of whatever undici was loaded before. Or it collects the garbage: of
 * all files before it, whose heap may hold what it waits for.
 */
const NEEDS_ISOLATION =
  /\bvi\.(?:(?:mock|doMock|resetModules)\(|spyOn\(globalThis,)|\bsend\.browser\b|\bsetFlagsFromString\(/;

/**
 * A package's tests as two projects: to load all modules anew for each file takes most of the time, so only files that need it
 * are isolated.
 */
const inTwo = (name: string): readonly TestProjectConfiguration[] => {
  const root = `./packages/${name}`;
  const files = readdirSync(join(root, 'test'), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.test.ts'))
    .map((path) => ({
      path: `test/${path}`,
      isolate: NEEDS_ISOLATION.test(readFileSync(join(root, 'test', path), 'utf8')),
    }));
  // A project adds to the `include` of what it extends, so that each names the other's files.
  return [true, false].map((isolate) => ({
    root,
    extends: `${root}/vitest.config.ts`,
    test: {
      name: isolate ? name : `${name}-shared`,
      isolate,
      exclude: files.filter((file) => file.isolate !== isolate).map(({ path }) => path),
    },
  }));
};

export default defineConfig({
  test: {
    // Many tests wait: for a deadline, a process, or a service that says nothing. Meanwhile others compute.
    maxWorkers: availableParallelism() + 2,
    projects: [
      'packages/!(client|providers)',
      ...inTwo('client'),
      ...inTwo('providers'),
      'apps/*',
      'reliability',
      'scripts',
    ],
    reporters: ['default', './scripts/summary-reporter.ts'],
    sequence: { sequencer: LongestFirst },
  },
});
