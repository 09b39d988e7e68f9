// What is asked of a response that a service keeps, by its id.
// Sources: https://platform.openai.com/docs/api-reference/responses/get, …/delete, …/cancel and …/input-items
import type { ModelResponse } from './response.ts';
import type { ResponseItem } from './response-item.ts';

/** What is to be done with it. */
export type StoredResponseTask = 'retrieve' | 'delete' | 'cancel' | 'input-items';

/** One request as a provider receives it. */
export interface StoredResponseRequest {
  readonly task: StoredResponseTask;
  /** The id of the response. */
  readonly id: string;
  /** Always empty: no model is asked. */
  readonly model: '';
  /** `include` of a response; `after`, `include`, `limit` and `order` of its input items. */
  readonly query: Readonly<Record<string, string | number | boolean | readonly string[]>>;
  readonly [parameter: string]: unknown;
}

/** A response that is kept no longer. */
export interface DeletedResponse {
  readonly id: string;
  readonly object: string;
  readonly deleted: true;
  /** Who kept it; stamped by the client. */
  readonly provider?: string;
}

/** Some of the items that a response was the answer to, each with its id. */
export interface ResponseItemList {
  readonly object: 'list';
  readonly data: readonly (ResponseItem & { readonly id?: string })[];
  readonly first_id?: string | null;
  readonly last_id?: string | null;
  /** Whether there are more after the last one. */
  readonly has_more: boolean;
  /** Who keeps them; stamped by the client. */
  readonly provider?: string;
}

/** What a service answers. */
export type StoredResponse = ModelResponse | DeletedResponse | ResponseItemList;
