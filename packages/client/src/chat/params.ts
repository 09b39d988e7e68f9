// The parameters of a call, checked: what was wrong, where, and what was expected, in one line.
import type { Fields } from '../options/plain-value.ts';
import type { CheckedChat } from './chat-kind.ts';
import { misspelt } from './known-parameters.ts';
import { arePlain } from './params-fast-path.ts';
import { readyParams } from './ready-params.ts';
import { requestOf } from './request-of.ts';

let schema: Promise<typeof import('./params-schema.ts')> | undefined;

/**
 * The request that the parameters ask for. The schema is loaded when it is first needed.
 * @throws G4FError `invalid-request` with the path of the field and what was expected.
 */
export const toRequest = (params: Fields): CheckedChat | Promise<CheckedChat> =>
  arePlain(params) ? { request: requestOf(params), warnings: misspelt(params) } : checkedBySchema(params);

async function checkedBySchema(given: Fields): Promise<CheckedChat> {
  const { params, warnings } = readyParams(given);
  // Kept, because even a repeated import takes its turns.
  schema ??= import('./params-schema.ts');
  const { checkedChat } = await schema;
  return { request: requestOf(checkedChat(params)), warnings };
}
