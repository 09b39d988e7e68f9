// `responses.retrieve`, `cancel`, `delete` and `inputItems.list` with promises.
import type { DeletedResponse, ModelResponse, ResponseItemList, StoredResponse } from '@g4f/core';
import { type LoadOperation, wholeCreator } from '../engine/create-whole.ts';
import type { StoredResponses } from '../surface/responses.ts';
import { paramsAfter, withId } from './item-pages.ts';

/** What the methods load. */
export interface StoredLoads {
  readonly retrieve: LoadOperation<StoredResponse, ModelResponse>;
  readonly cancel: LoadOperation<StoredResponse, ModelResponse>;
  readonly delete: LoadOperation<StoredResponse, DeletedResponse>;
  readonly inputItems: LoadOperation<StoredResponse, ResponseItemList>;
}

type ListItems = StoredResponses<'async'>['inputItems']['list'];

/** The methods of a client. */
export const asyncStored = (loads: StoredLoads): StoredResponses<'async'> => {
  const retrieve = wholeCreator(loads.retrieve);
  const cancel = wholeCreator(loads.cancel);
  const remove = wholeCreator(loads.delete);
  const page = wholeCreator(loads.inputItems);
  const list: ListItems = (id, params, options) => {
    const first = page(withId(id, params), options);
    const items = async function* () {
      let read = await first;
      for (let asked = params; ; ) {
        yield* read.data;
        asked = paramsAfter(read, asked);
        if (asked === undefined) return;
        read = await page(withId(id, asked), options);
      }
    };
    // Not seen where it is printed, compared or written as JSON. Before anybody else hears of the page.
    first.then(
      (read) => iterable(read, items),
      () => undefined,
    );
    return iterable(first, items) as ReturnType<ListItems>;
  };
  return {
    retrieve: (id, params, options) => retrieve(withId(id, params), options),
    cancel: (id, options) => cancel(withId(id), options),
    delete: (id, options) => remove(withId(id), options),
    inputItems: { list },
  };
};

const iterable = <T extends object>(list: T, items: () => AsyncIterator<unknown>): T =>
  Object.defineProperty(list, Symbol.asyncIterator, { value: items });
