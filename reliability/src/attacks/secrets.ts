// Attacks on keys and prompts: a service repeats what it was sent, and the caller prints the error.
import { oneOf } from '../soak/random.ts';
import { WIRES } from '../wires.ts';
import { ASKING, failureOf, type Given } from './asking.ts';
import type { Attack, Random } from './attack.ts';
import { checkShown, FORMS, type Hostile, hostile, type Marked, WAYS } from './hostile.ts';

const PROMISE =
  'No error, however it is printed, shows a key, a prompt, the password of a proxy, or what steers a terminal.';

const ALPHABET = 'abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789';
const letters = (random: Random, length: number): string =>
  Array.from({ length }, () => ALPHABET.charAt(Math.floor(random() * ALPHABET.length))).join('');

/** Another key, prompt and password for every seed; the key has no prefix that gives it away. */
const mark = (random: Random): Marked => ({
  key: `${letters(random, 9)}/${letters(random, 6)}+${letters(random, 5)}-_.${letters(random, 6)}`,
  prompt: `${letters(random, 20)} is ill: “${letters(random, 12)}”, tell nobody`,
  password: letters(random, 14),
});

const attack = async (
  way: string,
  { port }: Hostile,
  random: Random,
  through: (marked: Marked) => Pick<Given, 'proxy'> = () => ({}),
): Promise<void> => {
  for (const name of ASKING) {
    const marked = mark(random);
    const form = oneOf(FORMS, random);
    const { provider, wire } = oneOf(WIRES, random);
    const stream = random() < 0.5;
    const messages = [{ role: 'user', content: marked.prompt }] as const;
    const given: Given = {
      provider,
      apiKey: marked.key,
      baseURL: `http://127.0.0.1:${port}/${way}/${form}`,
      // Never used for this machine.
      env: { HTTP_PROXY: `http://me:${marked.password}@127.0.0.1:${port}` },
      maxRetries: 0,
      ...through(marked),
    };
    const failure = await failureOf(name, given, { model: 'm', messages, stream });
    const where = `${name}, ${wire}, ${way}, ${form}, ${stream ? 'streamed' : 'whole'}`;
    if (failure === undefined && name !== 'models.list') throw new Error(`${where}: it did not fail`);
    checkShown(failure, marked, where);
  }
};

/** Repeated in every way and form; through a proxy that does so, too. */
export const SECRETS_ATTACKS: readonly Attack[] = [
  ...WAYS.map(
    (way): Attack => ({
      name: `a service that repeats key and prompt: ${way}`,
      promise: PROMISE,
      async run(random) {
        const service = await hostile();
        const before = await service.seen();
        await attack(way, service, random);
        if ((await service.seen()).hits !== before.hits)
          throw new Error('the address of a redirect was asked');
      },
    }),
  ),
  ...['raw-bytes', 'refusal-400', 'bad-header', 'page'].map(
    (way): Attack => ({
      name: `a proxy that repeats key, prompt and its password: ${way}`,
      promise: PROMISE,
      async run(random) {
        const service = await hostile();
        await attack(way, service, random, ({ password }) => ({
          proxy: `http://${password}:${password}@127.0.0.1:${service.port}`,
        }));
      },
    }),
  ),
];
