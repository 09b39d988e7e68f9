// The pages of a list of items: what is sent for one that follows, and all of them by promise.
import { G4FError, type ResponseItemList } from '@g4f/core';
import type { InputItemsParams } from '../surface/responses.ts';

/**
 * The parameters of the page that follows; undefined after the last.
 * @throws G4FError `bad-response` for a page that does not say where the next one begins.
 */
export const paramsAfter = (
  { has_more, last_id, data, provider }: ResponseItemList,
  params: InputItemsParams = {},
): InputItemsParams | undefined => {
  if (!has_more) return undefined;
  const after = last_id ?? data.at(-1)?.id;
  if (after !== undefined && after !== params.after) return { ...params, after };
  throw new G4FError(
    `${provider}: the list of items has more, but does not say where the next page begins. Give after, or report it to the service.`,
    { code: 'bad-response', ...(provider !== undefined && { provider }) },
  );
};

/** The items of the first page, and of all that follow it. @param page asks for one with these parameters */
export async function* allItems(
  first: PromiseLike<ResponseItemList>,
  params: InputItemsParams | undefined,
  page: (params: InputItemsParams) => PromiseLike<ResponseItemList>,
): AsyncGenerator<ResponseItemList['data'][number], undefined> {
  let read = await first;
  for (let asked = params; ; ) {
    yield* read.data;
    asked = paramsAfter(read, asked);
    if (asked === undefined) return undefined;
    read = await page(asked);
  }
}
