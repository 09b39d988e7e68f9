// Both clients behind one door: a question is asked, and what its reader hears is told, however they leave.
import { AsyncClient, type ChatParams, Client, type ClientOptions } from '@g4f/client';
import { addAnswer, addChunk, nothingHeard } from './heard.ts';
import { type Ending, KEY } from './verdict.ts';

/** Everything a client gives in reliability tests: retries are off, so that each request shows. */
export const OPTIONS: ClientOptions = { apiKey: KEY, env: {}, maxRetries: 0 };

/** Reads one answer, streamed if `params.stream`. @param until tells after each chunk whether the reader leaves. */
export type Read = (params: ChatParams, until?: (ending: Ending) => boolean) => Promise<Ending>;

/** A client's name, and how it reads. */
export interface Face {
  readonly name: 'AsyncClient' | 'Client';
  readonly read: Read;
  close(): void;
}

const stays = (): boolean => false;

/** @param options besides {@link OPTIONS}. */
const asyncFace = (options: ClientOptions = {}): Face => {
  const client = new AsyncClient({ ...OPTIONS, ...options });
  return {
    name: 'AsyncClient',
    close: () => undefined,
    async read(params, until = stays) {
      const heard = nothingHeard();
      try {
        if (params.stream === true) {
          for await (const chunk of client.chat.completions.create({ ...params, stream: true })) {
            addChunk(heard, chunk);
            if (until({ heard, thrown: undefined })) break;
          }
        } else addAnswer(heard, await client.chat.completions.create({ ...params, stream: false }));
        return { heard, thrown: undefined };
      } catch (thrown) {
        return { heard, thrown };
      }
    },
  };
};

/** Blocks this thread while it reads. @param options besides {@link OPTIONS}. */
const syncFace = (options: ClientOptions = {}): Face => {
  const client = new Client({ ...OPTIONS, ...options });
  return {
    name: 'Client',
    close: () => client.close(),
    async read(params, until = stays) {
      const heard = nothingHeard();
      try {
        if (params.stream === true) {
          for (const chunk of client.chat.completions.create({ ...params, stream: true })) {
            addChunk(heard, chunk);
            if (until({ heard, thrown: undefined })) break;
          }
        } else addAnswer(heard, client.chat.completions.create({ ...params, stream: false }));
        return { heard, thrown: undefined };
      } catch (thrown) {
        return { heard, thrown };
      }
    },
  };
};

/** Both of them. */
export const FACES = { AsyncClient: asyncFace, Client: syncFace } as const satisfies Readonly<
  Record<Face['name'], unknown>
>;
