// Attacks on keys and prompts: a service repeats what it was sent, and the caller prints the error.
import { AsyncClient, type ChatParams, Client } from '@g4f/client';
import { AsyncClient as MiniClient } from '@g4f/client/mini';
import { registry } from '@g4f/providers';
import { oneOf } from '../soak/random.ts';
import { WIRES } from '../wires.ts';
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

/** What each client is made with. */
interface Given {
  readonly provider: string;
  readonly apiKey: string;
  readonly baseURL: string;
  readonly env: Readonly<Record<string, string>>;
  readonly maxRetries: 0;
  readonly proxy?: string;
}

type Question = Pick<ChatParams, 'model' | 'messages' | 'stream'>;

/** Asks, and reads to the end. */
type Ask = (given: Given, params: Question) => Promise<unknown>;

const readBy = async (
  { chat }: Pick<AsyncClient, 'chat'> | Pick<MiniClient, 'chat'>,
  params: Question,
): Promise<void> => {
  if (params.stream === true) for await (const _ of chat.completions.create({ ...params, stream: true }));
  else await chat.completions.create({ ...params, stream: false });
};

/** The three clients, and a list of models. */
const ASKS: Readonly<Record<string, Ask>> = {
  AsyncClient: (given, params) => readBy(new AsyncClient(given), params),
  async Client(given, params) {
    const { completions } = new Client(given).chat;
    if (params.stream === true) for (const _ of completions.create({ ...params, stream: true }));
    else completions.create({ ...params, stream: false });
  },
  async mini(given, params) {
    const provider = await registry[given.provider]?.load();
    if (provider === undefined) throw new Error(`there is no backend ${given.provider}`);
    await readBy(new MiniClient({ ...given, provider }), params);
  },
  'models.list': (given) => new AsyncClient(given).models.list(),
};

const attack = async (
  way: string,
  { port }: Hostile,
  random: Random,
  through: (marked: Marked) => Pick<Given, 'proxy'> = () => ({}),
): Promise<void> => {
  for (const [name, ask] of Object.entries(ASKS)) {
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
    let failure: unknown;
    try {
      await ask(given, { model: 'm', messages, stream });
    } catch (thrown) {
      failure = thrown;
    }
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
        const before = await service.hits();
        await attack(way, service, random);
        if ((await service.hits()) !== before) throw new Error('the address of a redirect was asked');
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
