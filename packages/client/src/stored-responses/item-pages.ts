// The pages of a list of items: what is sent for one that follows, and all of them by promise.
import { G4FError, LIMITS, type ResponseItemList } from '@g4f/core';
import type { InputItemsParams } from '../surface/responses.ts';

/** Says by each page what is asked for next; undefined after the last. */
export type NextPage = (page: ResponseItemList) => InputItemsParams | undefined;

/**
 * Goes through the pages of one list.
 *
 * @param params of the first page.
 * @returns throws `bad-response` for a page that has more but no item, for one that does not say where the next one begins or
 *   leads back to one that has been asked for, and for more pages than {@link LIMITS} has.
 */
export const pagesFrom = (params: InputItemsParams = {}): NextPage => {
  const asked = new Set([params.after]);
  return ({ has_more, last_id, data, provider }) => {
    if (!has_more) return undefined;
    const after = last_id ?? data.at(-1)?.id;
    if (data.length === 0) throw endless(provider, 'has more, but this page of it has no item');
    if (after === undefined) throw endless(provider, 'has more, but does not say where the next page begins');
    if (asked.has(after)) throw endless(provider, 'leads back to a page that has been read');
    if (asked.size >= LIMITS.itemPages) throw endless(provider, `has more than ${LIMITS.itemPages} pages`);
    asked.add(after);
    return { ...params, after };
  };
};

const endless = (provider: string | undefined, what: string): G4FError =>
  new G4FError(
    `${provider ?? 'the service'}: the list of items ${what}. Give after yourself, or report it to the service.`,
    { code: 'bad-response', provider },
  );

/** The items of the first page, and of all that follow it. @param page asks for one with these parameters */
export async function* allItems(
  first: PromiseLike<ResponseItemList>,
  params: InputItemsParams | undefined,
  page: (params: InputItemsParams) => PromiseLike<ResponseItemList>,
): AsyncGenerator<ResponseItemList['data'][number], undefined> {
  let read = await first;
  const next = pagesFrom(params);
  for (;;) {
    yield* read.data;
    const asked = next(read);
    if (asked === undefined) return undefined;
    read = await page(asked);
  }
}
