// `responses.retrieve`, `cancel`, `delete` and `inputItems.list` of the synchronous client.
import type { ResponseItemList, StoredResponseTask } from '@g4f/core';
import { withMore } from '../options/unreadable.ts';
import { pagesFrom } from '../stored-responses/item-pages.ts';
import type { CallOptions, ClientOptions } from '../surface/options.ts';
import type { InputItemsPage, StoredResponses } from '../surface/responses.ts';
import type { Connection } from '../sync/connection.ts';
import { wholeCreator } from './create-whole.ts';

/** The methods of a client. */
export const blockingStored = (connection: Connection, client: ClientOptions): StoredResponses<'sync'> => {
  const whole = wholeCreator(connection, client, 'responses.stored');
  const ask = (task: StoredResponseTask, id: string, params?: object, options?: CallOptions) =>
    whole(withMore(params ?? {}, { task, response_id: id }), options);
  const list: StoredResponses<'sync'>['inputItems']['list'] = (id, params, options) => {
    const first = ask('input-items', id, params, options) as ResponseItemList;
    const items = function* () {
      let read = first;
      const next = pagesFrom(params);
      for (;;) {
        yield* read.data;
        const asked = next(read);
        if (asked === undefined) return;
        read = ask('input-items', id, asked, options) as ResponseItemList;
      }
    };
    // Not seen where it is printed, compared or written as JSON.
    return Object.defineProperty(first, Symbol.iterator, { value: items }) as InputItemsPage<'sync'>;
  };
  // What each of them gives is known to the operation.
  return {
    retrieve: (id, params, options) => ask('retrieve', id, params, options),
    cancel: (id, options) => ask('cancel', id, undefined, options),
    delete: (id, options) => ask('delete', id, undefined, options),
    inputItems: { list },
  } as StoredResponses<'sync'>;
};
