// A request for a response that may go on from one that is kept, and whose own answer is kept.
import type { ModelResponse, ResponseItem, ResponseStreamEvent } from '@g4f/core';
import { asList, asObject, asText, type Json, without } from '../json/json.ts';
import type { ResponseStore } from './response-store.ts';

/** How one request is carried out where responses are kept. */
export interface Keeping {
  /** What the client is asked: with the conversation in the place of the id of the response before. */
  readonly params: Json;
  /** The response as the caller is told of it. */
  readonly told: (response: ModelResponse) => ModelResponse;
  /** Keeps it, unless the caller does not want that. @returns it as the caller is told of it in the end */
  readonly keep: (response: ModelResponse) => Promise<ModelResponse>;
}

const STORE: ReadonlySet<string> = new Set(['store']);
const PREVIOUS: ReadonlySet<string> = new Set(['previous_response_id', 'input']);

/** Under what a response is kept: nobody gets another's, and one answer that two callers got from a cache is two here. */
export const storedKey = (owner: string, id: string): string => `${owner} ${id}`;

/**
 * As OpenAI does, a response is kept unless `store` is false. A response before it that is not kept here stays in the request: where
 * callers have no keys, a service may know it.
 *
 * @param owner a digest of the caller's key.
 */
export const keeping = async (store: ResponseStore, owner: string, body: Json): Promise<Keeping> => {
  const previous = asText(body.previous_response_id);
  const before = previous === undefined ? undefined : await store.get(storedKey(owner, previous));
  const input = [
    ...(before === undefined ? [] : [...before.input, ...before.response.output]),
    ...itemsOf(body.input),
  ];
  // That it is kept here is no wish to be warned of by a provider that keeps nothing.
  const asked = body.store === true ? without(body, STORE) : body;
  const isKept = body.store !== false;
  return {
    params: before === undefined ? asked : { ...without(asked, PREVIOUS), input },
    told: (response) => ({
      ...response,
      ...(isKept && { store: true }),
      ...(before !== undefined && { previous_response_id: previous ?? null }),
    }),
    async keep(response) {
      if (!isKept) return response;
      const isDone = await store.set(storedKey(owner, response.id), { response, input });
      return isDone === false ? { ...response, store: false } : response;
    },
  };
};

/** What is no text and no list is refused by the client before anything is kept. */
const itemsOf = (input: unknown): readonly ResponseItem[] =>
  typeof input === 'string'
    ? [{ type: 'message', role: 'user', content: input }]
    : (asList(input) as readonly ResponseItem[]);

/** The events, as the caller is told of them; the response is kept before its end is told. */
export const keptEvents = (
  events: AsyncIterator<ResponseStreamEvent>,
  { told, keep }: Keeping,
): AsyncIterator<ResponseStreamEvent> => ({
  async next() {
    const result = await events.next();
    const response = result.done ? undefined : responseIn(result.value);
    if (result.done || response === undefined) return result;
    const { type } = result.value;
    const isEnd = type === 'response.completed' || type === 'response.incomplete';
    const shown = isEnd ? await keep(told(response)) : told(response);
    return { done: false, value: { ...result.value, response: shown } as ResponseStreamEvent };
  },
  // At once, whatever is still being waited for: this is how a caller leaves.
  return: async () => (await events.return?.()) ?? { done: true, value: undefined },
});

const responseIn = (event: ResponseStreamEvent): ModelResponse | undefined =>
  'response' in event && asObject(event.response) !== undefined
    ? (event.response as ModelResponse)
    : undefined;
