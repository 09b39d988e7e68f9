// In Deno a variable that may not be read counts as not set; elsewhere the environment is the process's own.
import { afterEach, expect, it, vi } from 'vitest';
import { AsyncClient } from '../../src/async-client.ts';
import { AsyncClient as MiniClient } from '../../src/mini.ts';
import { processEnv } from '../../src/platform/process-env.ts';
import { fakeProvider, saying } from '../fake-provider.ts';

/** As Deno does without `--allow-env`, but for one variable that was named. */
const REFUSING = new Proxy(
  { G4F_TEST_ALLOWED: 'yes' },
  Object.fromEntries(
    ['get', 'has', 'getOwnPropertyDescriptor', 'ownKeys'].map((trap) => [
      trap,
      (env: object, name?: string) => {
        if (name !== 'G4F_TEST_ALLOWED') throw new Error('Requires env access, run again with --allow-env');
        return trap === 'has' ? true : Reflect.getOwnPropertyDescriptor(env, name)?.value;
      },
    ]),
  ),
);

afterEach(() => vi.unstubAllGlobals());

const inDeno = (): void => {
  vi.stubGlobal('Deno', {});
  vi.stubGlobal('process', { ...process, env: REFUSING });
};

it('is process.env itself on Node', () => {
  expect(processEnv()).toBe(process.env);
});

it('reads in Deno what it may', () => {
  inDeno();
  const env = processEnv();
  expect([env.G4F_TEST_ALLOWED, env.OPENAI_API_KEY]).toEqual(['yes', undefined]);
  expect('OPENAI_API_KEY' in env).toBe(false);
  expect(Object.hasOwn(env, 'OPENAI_API_KEY')).toBe(false);
  expect(Object.keys(env)).toEqual([]);
});

it.each([AsyncClient, MiniClient])('%o answers there', async (Face) => {
  inDeno();
  const client = new Face({ provider: fakeProvider('acme', saying('ok')) });
  const answer = await client.chat.completions.create({ model: 'm', messages: 'x' });
  expect(answer.object).toBe('chat.completion');
});
