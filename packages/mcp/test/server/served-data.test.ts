// Resources and prompts over HTTP: what callers are told of those that fail.
import { G4FError } from '@g4f/core';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { serveMcp } from '../../src/index.ts';
import { createStage, type Stage } from './stage.ts';

/** What is thrown, by the name of what throws it. */
const THROWN: Readonly<Record<string, unknown>> = {
  error: new Error('the password hunter2 is wrong'),
  text: 'hunter2',
  ours: new G4FError('the log is closed.', { code: 'invalid-request' }),
};
const fail = (name: string) => (): never => {
  throw THROWN[name];
};

let stage: Stage;
beforeEach(async () => {
  stage = await createStage();
  await stage.running.close();
  stage.running = await serveMcp(stage.client, {
    transport: 'http',
    port: 0,
    resources: Object.keys(THROWN).map((name) => ({ name, uri: `test://${name}`, read: fail(name) })),
    prompts: Object.keys(THROWN).map((name) => ({ name, parameters: [], fill: fail(name) })),
  });
});
afterEach(() => stage.close());

const toldOf = async (asking: Promise<unknown>): Promise<string> =>
  asking.then(
    () => 'it did not fail',
    (thrown) => String(thrown),
  );

it('what is no error of ours is not told to a caller', async () => {
  const caller = await stage.connect();
  for (const name of ['error', 'text'])
    for (const asking of [caller.readResource({ uri: `test://${name}` }), caller.getPrompt({ name })]) {
      const told = await toldOf(asking);
      expect(told).toMatch(/cannot be read, by a fault of the server/);
      expect(told).not.toContain('hunter2');
    }
});

it('an error of ours is told as it reads', async () => {
  const caller = await stage.connect();
  expect(await toldOf(caller.readResource({ uri: 'test://ours' }))).toContain('the log is closed.');
  expect(await toldOf(caller.getPrompt({ name: 'ours' }))).toContain('the log is closed.');
});
