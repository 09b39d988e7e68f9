// The parameters of `responses.retrieve` and its neighbours: checked, and made into a request.
import { G4FError, type StoredResponseTask } from '@g4f/core';
import * as z from 'zod/mini';
import type { PlainRequest } from '../engine/plain-operation.ts';
import { expected } from '../errors/expected.ts';
import { quote } from '../errors/quote.ts';
import { givenFields } from '../options/given-fields.ts';
import type { Fields } from '../options/plain-value.ts';
import { checkBySchema } from '../schemas/check-by-schema.ts';

const text = (what: string) => z.optional(z.string(expected(what)));
const include = z.optional(z.array(z.string(expected('a text')), expected('a list of texts')));
const ORDER = '"asc" or "desc"';
const ITEMS = {
  include,
  after: text('the id of an item'),
  limit: z.optional(z.number(expected('a number of items'))),
  order: z.optional(z.enum(['asc', 'desc'], expected(ORDER))),
};
const NONE = {};
const SCHEMAS = {
  retrieve: z.looseObject({ include }),
  cancel: z.looseObject(NONE),
  delete: z.looseObject(NONE),
  'input-items': z.looseObject(ITEMS),
} as const satisfies Readonly<Record<StoredResponseTask, z.ZodMiniType>>;

type Query = PlainRequest<'storedResponse'>['request']['query'];

/** By their paths, for errors. */
const METHODS: Readonly<Record<StoredResponseTask, string>> = {
  retrieve: 'responses.retrieve',
  cancel: 'responses.cancel',
  delete: 'responses.delete',
  'input-items': 'responses.inputItems.list',
};

/**
 * The request that the parameters ask for; null is absent.
 * @throws G4FError `invalid-request` with the name of the field and what was expected.
 */
export const toStoredRequest = (params: Fields): PlainRequest<'storedResponse'> => {
  const { task, response_id: id, ...query } = givenFields(params);
  if (!isTask(task)) throw wrong('responses: it is not said what is to be done with the response.');
  const method = METHODS[task];
  if (typeof id !== 'string' || id.trim() === '')
    throw wrong(`${method}: the id of a response was expected, as ${method}('resp_…').`);
  if (query.stream === true)
    throw wrong(
      `${method}: it gives no stream. Ask again until the status of the response is no longer "in_progress".`,
    );
  const schema = SCHEMAS[task];
  const fields = Object.keys(schema.def.shape);
  const unknown = Object.keys(query).find((name) => !fields.includes(name));
  if (unknown !== undefined) {
    const known = fields.length === 0 ? 'It has none' : `Its parameters: ${fields.join(', ')}`;
    throw wrong(`${method}: there is no parameter ${quote(unknown)}. ${known}.`);
  }
  checkBySchema<Query>(query, schema);
  return { request: { task, id: id.trim(), model: '', query }, warnings: [] };
};

const isTask = (task: unknown): task is StoredResponseTask =>
  typeof task === 'string' && Object.hasOwn(METHODS, task);

const wrong = (what: string): G4FError => new G4FError(what, { code: 'invalid-request' });
