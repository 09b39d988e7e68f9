// `responses.retrieve`, `cancel`, `delete` and `inputItems.list` of the synchronous client.
import type { ResponseItemList } from '@g4f/core';
import { paramsAfter } from '../stored-responses/item-pages.ts';
import { withId } from '../stored-responses/with-id.ts';
import type { ClientOptions } from '../surface/options.ts';
import type { InputItemsPage, StoredResponses } from '../surface/responses.ts';
import type { Connection } from '../sync/connection.ts';
import { wholeCreator } from './create-whole.ts';

/** The methods of a client. */
export const blockingStored = (connection: Connection, client: ClientOptions): StoredResponses<'sync'> => {
  const retrieve = wholeCreator(connection, client, 'responses.retrieve');
  const cancel = wholeCreator(connection, client, 'responses.cancel');
  const remove = wholeCreator(connection, client, 'responses.delete');
  const page = wholeCreator(connection, client, 'responses.inputItems.list');
  const list: StoredResponses<'sync'>['inputItems']['list'] = (id, params, options) => {
    const first = page(withId(id, params), options) as ResponseItemList;
    const items = function* () {
      let read = first;
      for (let asked = params; ; ) {
        yield* read.data;
        asked = paramsAfter(read, asked);
        if (asked === undefined) return;
        read = page(withId(id, asked), options) as ResponseItemList;
      }
    };
    // Not seen where it is printed, compared or written as JSON.
    return Object.defineProperty(first, Symbol.iterator, { value: items }) as InputItemsPage<'sync'>;
  };
  // What each method gives is known to its operation.
  return {
    retrieve: (id, params, options) => retrieve(withId(id, params), options),
    cancel: (id, options) => cancel(withId(id), options),
    delete: (id, options) => remove(withId(id), options),
    inputItems: { list },
  } as StoredResponses<'sync'>;
};
