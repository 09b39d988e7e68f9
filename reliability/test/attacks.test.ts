// Every attack once, with fixed inputs; `npm run attack` goes on with others for as long as it is given.
import { expect, it } from 'vitest';
import { ATTACKS } from '../src/attacks/index.ts';
import { createRandom } from '../src/soak/random.ts';

it('has attacks, each with a name of its own', () => {
  expect(new Set(ATTACKS.map(({ name }) => name)).size).toBe(ATTACKS.length);
});

it.each(ATTACKS.map((attack) => [attack.name, attack] as const))('%s', async (_, attack) => {
  await attack.run(createRandom(1));
});
