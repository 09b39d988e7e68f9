// The clients behind one door: a question is asked, and what its reader hears is told, however they leave.
import {
  AsyncClient,
  type CallOptions,
  type ChatCompletion,
  type ChatCompletionChunk,
  type ChatParams,
  Client,
  type ClientOptions,
} from '@g4f/client';
import { AsyncClient as MiniClient } from '@g4f/client/mini';
import { registry } from '@g4f/providers';
import { addAnswer, addChunk, nothingHeard } from './heard.ts';
import { type Ending, KEY, PROXY } from './verdict.ts';

/** Everything a client gives in reliability tests: retries are off, so that each request shows. */
export const OPTIONS: ClientOptions = { env: { HTTP_PROXY: PROXY }, maxRetries: 0 };

/** What is asked, and where: a provider, or an address, or one at the other. */
export interface Question extends ChatParams {
  readonly baseURL?: string;
}

/** A question as a client takes it: where keys go is said in the second argument. */
export const toCall = ({ provider, baseURL, ...params }: Question): [ChatParams, CallOptions] => [
  params,
  { apiKey: KEY, ...(provider !== undefined && { provider }), ...(baseURL !== undefined && { baseURL }) },
];

/** Reads one answer, streamed if `params.stream`. @param until tells after each chunk whether the reader leaves. */
export type Read = (question: Question, until?: (ending: Ending) => boolean) => Promise<Ending>;

/** A client's name, and how it reads. */
export interface Face {
  readonly name: 'AsyncClient' | 'Client' | 'mini';
  readonly read: Read;
  close(): void;
}

const stays = (): boolean => false;

/** The two ways to ask. */
interface Asking {
  stream(): AsyncIterable<ChatCompletionChunk>;
  whole(): Promise<ChatCompletion>;
}

/** Reads with `for await`. @param open gives the client that is asked, which may have to be made. */
const readBy =
  (open: (question: Question) => Asking | Promise<Asking>): Read =>
  async (params, until = stays) => {
    const heard = nothingHeard();
    try {
      const asking = await open(params);
      if (params.stream === true) {
        for await (const chunk of asking.stream()) {
          addChunk(heard, chunk);
          if (until({ heard, thrown: undefined })) break;
        }
      } else addAnswer(heard, await asking.whole());
      return { heard, thrown: undefined };
    } catch (thrown) {
      return { heard, thrown };
    }
  };

/** @param options besides {@link OPTIONS}. */
const asyncFace = (options: ClientOptions = {}): Face => {
  const { completions } = new AsyncClient({ ...OPTIONS, ...options }).chat;
  const open = (question: Question): Asking => {
    const [params, call] = toCall(question);
    return {
      stream: () => completions.create({ ...params, stream: true }, call),
      whole: () => completions.create({ ...params, stream: false }, call),
    };
  };
  return { name: 'AsyncClient', close: () => undefined, read: readBy(open) };
};

/** The small client, which is given the provider that the parameters name. */
const miniFace = (): Face => ({
  name: 'mini',
  close: () => undefined,
  read: readBy(async ({ provider: id, baseURL, hedge, routing, fallback, retired, ...params }) => {
    const provider = await registry[String(id)]?.load();
    if (provider === undefined) throw new Error(`there is no provider ${id}`);
    const { completions } = new MiniClient({
      provider,
      apiKey: KEY,
      env: { HTTP_PROXY: PROXY },
      maxRetries: 0,
      ...(baseURL !== undefined && { baseURL }),
    }).chat;
    return {
      stream: () => completions.create({ ...params, stream: true }),
      whole: () => completions.create({ ...params, stream: false }),
    };
  }),
});

/** Blocks this thread while it reads. @param options besides {@link OPTIONS}. */
const syncFace = (options: ClientOptions = {}): Face => {
  const client = new Client({ ...OPTIONS, ...options });
  return {
    name: 'Client',
    close: () => client.close(),
    async read(question, until = stays) {
      const heard = nothingHeard();
      const [params, call] = toCall(question);
      try {
        if (params.stream === true) {
          for (const chunk of client.chat.completions.create({ ...params, stream: true }, call)) {
            addChunk(heard, chunk);
            if (until({ heard, thrown: undefined })) break;
          }
        } else addAnswer(heard, client.chat.completions.create({ ...params, stream: false }, call));
        return { heard, thrown: undefined };
      } catch (thrown) {
        return { heard, thrown };
      }
    },
  };
};

/** All of them. */
export const FACES = { AsyncClient: asyncFace, Client: syncFace, mini: miniFace } as const satisfies Readonly<
  Record<Face['name'], unknown>
>;

/** Their names, in the order of the table's marks. */
export const FACE_NAMES: readonly Face['name'][] = ['AsyncClient', 'Client', 'mini'];
