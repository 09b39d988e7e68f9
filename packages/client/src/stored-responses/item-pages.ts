// The pages of a list of items, and what is sent for one that follows.
import { G4FError, type ResponseItemList } from '@g4f/core';
import { isFields } from '../options/plain-value.ts';
import type { InputItemsParams } from '../surface/responses.ts';

/** The id and the parameters as one object; what is no object stays what it is, and is refused. */
export const withId = (id: string, params: object = {}): object =>
  isFields(params) ? { ...params, response_id: id } : params;

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
