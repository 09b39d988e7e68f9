// `responses.retrieve`, `cancel`, `delete` and `inputItems.list` with promises.
import type { StoredResponse, StoredResponseTask } from '@g4f/core';
import { type LoadOperation, wholeCreator } from '../engine/create-whole.ts';
import { withMore } from '../options/unreadable.ts';
import type { CallOptions } from '../surface/options.ts';
import type { StoredResponses } from '../surface/responses.ts';

type ListItems = StoredResponses<'async'>['inputItems']['list'];

/** The methods of a client. */
export const asyncStored = (
  load: LoadOperation<StoredResponse, StoredResponse>,
): StoredResponses<'async'> => {
  const whole = wholeCreator(load);
  const ask = (task: StoredResponseTask, id: string, params?: object, options?: CallOptions) =>
    whole(withMore(params ?? {}, { task, response_id: id }), options);
  const list: ListItems = (id, params, options) => {
    const first = ask('input-items', id, params, options) as ReturnType<ListItems>;
    const iterable = {
      [Symbol.asyncIterator]: {
        async *value() {
          const { allItems } = await import('./item-pages.ts');
          yield* allItems(first, params, (next) => list(id, next, options));
        },
      },
    };
    // Not seen where it is printed, compared or written as JSON. Before anybody else hears of the page.
    first.then(
      (page) => Object.defineProperties(page, iterable),
      () => undefined,
    );
    return Object.defineProperties(first, iterable);
  };
  // What each of them gives is known to the operation.
  return {
    retrieve: (id, params, options) => ask('retrieve', id, params, options),
    cancel: (id, options) => ask('cancel', id, undefined, options),
    delete: (id, options) => ask('delete', id, undefined, options),
    inputItems: { list },
  } as StoredResponses<'async'>;
};
