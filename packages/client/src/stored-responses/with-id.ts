// The parameters of a method that asks for a response by its id.
import { isFields } from '../options/plain-value.ts';

/** The id and the parameters as one object; what is no object stays what it is, and is refused. */
export const withId = (id: string, params: object = {}): object =>
  isFields(params) ? { ...params, response_id: id } : params;
