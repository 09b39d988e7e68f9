// What `npm run attack` takes for work that grows more than its input.
import { expect, it } from 'vitest';
import { growthOf, TookLong, withoutFlukes } from '../src/attacks/bounded-time.ts';

const grows = (ms: (count: number) => number) => growthOf(async (count) => ms(count), 4000, 24);

it.each<[string, (count: number) => number]>([
  ['linear work', (count) => count / 400],
  ['work too short to be told from the noise', (count) => (count / 32_000) ** 2 * 200],
  // Measured of vectors: 3.5 µs each while they fit into the caches, 6.5 beyond; a collection of memory beside.
  [
    'linear work that outgrows the caches',
    (count) => (count <= 4000 ? 13 : count <= 32_000 ? 312 : count / 150),
  ],
])('%s does not', async (_, ms) => {
  expect(await grows(ms)).toBeUndefined();
});

it.each<[string, (count: number) => number]>([
  ['quadratic work', (count) => (count / 1000) ** 2],
  ['quadratic work beside linear work', (count) => 4.2 * (count / 4000) ** 2 + 6 * (count / 4000)],
  ['work that is quadratic beyond a number', (count) => (count <= 16_000 ? 1 : 16) * (count / 4000) ** 2],
])('%s does', async (_, ms) => {
  expect(await grows(ms)).toMatch(/^32000 pieces took \d+ ms, and 4000 only \d+$/);
});

it.each([
  ['what took too long once', 1, undefined],
  ['what takes too long each time', 9, 'took long'],
])('%s is tried again', async (_, long, thrown) => {
  let tries = 0;
  const attack = async () => {
    tries += 1;
    if (tries <= long) throw new TookLong('took long');
  };
  expect(await withoutFlukes(attack).catch(({ message }) => message)).toBe(thrown);
  expect(tries).toBe(Math.min(3, long + 1));
});

it('what breaks another promise is told at once', async () => {
  let tries = 0;
  const attack = async () => {
    tries += 1;
    throw new Error('a key was sent');
  };
  await expect(withoutFlukes(attack)).rejects.toThrow('a key was sent');
  expect(tries).toBe(1);
});
