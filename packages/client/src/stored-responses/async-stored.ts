// `responses.retrieve`, `cancel`, `delete` and `inputItems.list` with promises.
import type { StoredResponse } from '@g4f/core';
import { type LoadOperation, wholeCreator } from '../engine/create-whole.ts';
import type { StoredResponses } from '../surface/responses.ts';
import { withId } from './with-id.ts';

type StoredMethod = 'retrieve' | 'cancel' | 'delete' | 'inputItems.list';
type ListItems = StoredResponses<'async'>['inputItems']['list'];

/** The methods of a client. @param load loads the operation of one. */
export const asyncStored = (
  load: (name: `responses.${StoredMethod}`) => LoadOperation<StoredResponse, object>,
): StoredResponses<'async'> => {
  const method = (name: StoredMethod) => wholeCreator(load(`responses.${name}`));
  const [retrieve, cancel, remove] = [method('retrieve'), method('cancel'), method('delete')];
  const page = method('inputItems.list');
  const list = (...[id, params, options]: Parameters<ListItems>): object => {
    const first = page(withId(id, params), options);
    const items = async function* () {
      const { allItems } = await import('./item-pages.ts');
      yield* allItems(
        first as ReturnType<ListItems>,
        params,
        (next) => list(id, next, options) as ReturnType<ListItems>,
      );
    };
    // Not seen where it is printed, compared or written as JSON. Before anybody else hears of the page.
    first.then(
      (read) => iterable(read, items),
      () => undefined,
    );
    return iterable(first, items);
  };
  // What each of them gives is known to its operation.
  return {
    retrieve: (id, params, options) => retrieve(withId(id, params), options),
    cancel: (id, options) => cancel(withId(id), options),
    delete: (id, options) => remove(withId(id), options),
    inputItems: { list },
  } as StoredResponses<'async'>;
};

const iterable = <T extends object>(list: T, items: () => AsyncIterator<unknown>): T =>
  Object.defineProperty(list, Symbol.asyncIterator, { value: items });
