// Every client asks one question of one service, and the failure is caught.
import { AsyncClient, type ChatParams, Client } from '@g4f/client';
import { AsyncClient as MiniClient } from '@g4f/client/mini';
import { registry } from '@g4f/providers';

/** What each client is made with. */
export interface Given {
  readonly provider: string;
  readonly apiKey: string;
  readonly baseURL: string;
  readonly env: Readonly<Record<string, string>>;
  readonly maxRetries: 0;
  readonly proxy?: string;
}

/** What is asked. */
export type Question = Pick<ChatParams, 'model' | 'messages' | 'stream'>;

/** Asks, and reads to the end. */
type Ask = (given: Given, params: Question) => Promise<unknown>;

const readBy = async (
  { chat }: Pick<AsyncClient, 'chat'> | Pick<MiniClient, 'chat'>,
  params: Question,
): Promise<void> => {
  if (params.stream === true) for await (const _ of chat.completions.create({ ...params, stream: true }));
  else await chat.completions.create({ ...params, stream: false });
};

const ASKS: Readonly<Record<string, Ask>> = {
  AsyncClient: (given, params) => readBy(new AsyncClient(given), params),
  async Client(given, params) {
    const { completions } = new Client(given).chat;
    if (params.stream === true) for (const _ of completions.create({ ...params, stream: true }));
    else completions.create({ ...params, stream: false });
  },
  async mini(given, params) {
    const provider = await registry[given.provider]?.load();
    if (provider === undefined) throw new Error(`there is no provider ${given.provider}`);
    await readBy(new MiniClient({ ...given, provider }), params);
  },
  'models.list': (given) => new AsyncClient(given).models.list(),
};

/** The three clients, and a list of models, by their names. */
export const ASKING = Object.keys(ASKS);

/** What the question failed with; undefined if it was answered. @param name one of {@link ASKING} */
export const failureOf = async (name: string, given: Given, question: Question): Promise<unknown> => {
  try {
    await ASKS[name]?.(given, question);
  } catch (thrown) {
    return thrown;
  }
  return undefined;
};
