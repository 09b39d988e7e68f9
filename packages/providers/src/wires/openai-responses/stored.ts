// Responses that a service keeps: looked up, stopped and deleted by their ids, and the items that they were the answer to.
// Sources: https://platform.openai.com/docs/api-reference/responses/get, …/delete, …/cancel and …/input-items
import {
  G4FError,
  isG4FError,
  type ResponseItemList,
  type StoredResponse,
  type StoredResponseRequest,
  type StoredResponseTask,
} from '@g4f/core';
import type { RequestFacts } from '../../http/failures/failure.ts';
import { readJsonAnswer } from '../../http/reading/json-answer.ts';
import { encodeSegments } from '../../http/transport/path-segments.ts';
import { asObject, asText, type Json } from '../decoding/json.ts';
import type { Endpoint, EndpointContext, EndpointReply, EndpointRequest } from '../endpoint.ts';
import { isOutput, toResponse } from './response-body.ts';

/** How a task is asked for, and its answer is read. */
interface StoredTask {
  readonly method?: EndpointRequest['method'];
  /** Below the address of the response. */
  readonly below: string;
  /** What it is, after `cannot`. */
  readonly what: string;
  readonly expected: string;
  readonly read: (
    body: Json,
    asked: RequestFacts,
    request: StoredResponseRequest,
  ) => StoredResponse | undefined;
}

/** One that failed is told as it is: it was asked for by whoever wants to know. */
const readResponse: StoredTask['read'] = (body, asked) =>
  isOutput(body.output) && asText(body.id) !== undefined ? toResponse(body, asked) : undefined;

const TASKS: Readonly<Record<StoredResponseTask, StoredTask>> = {
  retrieve: { below: '', what: 'give a response again', expected: 'a response', read: readResponse },
  cancel: {
    method: 'POST',
    below: '/cancel',
    what: 'stop a response',
    expected: 'a response',
    read: readResponse,
  },
  delete: {
    method: 'DELETE',
    below: '',
    what: 'delete a response',
    expected: 'a confirmation',
    read: (body, _asked, { id }) =>
      body.deleted === true
        ? { ...body, id: asText(body.id) ?? id, object: asText(body.object) ?? 'response', deleted: true }
        : undefined,
  },
  'input-items': {
    below: '/input_items',
    what: 'list the input of a response',
    expected: 'a list of items',
    // What the items are is the service's own.
    read: ({ data, ...others }) =>
      isOutput(data) || isMessages(data)
        ? {
            ...others,
            object: 'list',
            data: data as unknown as ResponseItemList['data'],
            has_more: others.has_more === true,
          }
        : undefined,
  },
};

/** Messages need not have a type. */
const isMessages = (data: unknown): data is readonly Json[] =>
  Array.isArray(data) &&
  data.every((item) => {
    const { type, role } = asObject(item) ?? {};
    return asText(type) !== undefined || asText(role) !== undefined;
  });

const ALL = Object.keys(TASKS) as readonly StoredResponseTask[];

/** @param tasks those that the service documents. */
export const storedEndpoint = (tasks: readonly StoredResponseTask[] = ALL): Endpoint<'storedResponse'> =>
  async function* (request, exchange) {
    const task = TASKS[request.task];
    if (!tasks.includes(request.task))
      throw new G4FError(
        `${exchange.provider}: its API cannot ${task.what}. It can ${tasks.map((one) => TASKS[one].what).join(', ')}.`,
        { code: 'invalid-request', scope: 'provider', provider: exchange.provider },
      );
    const { response, asked } = await send(request, task, exchange);
    yield await readJsonAnswer(response, asked, task.expected, (json) => {
      const body = asObject(json);
      return body === undefined ? undefined : task.read(body, asked, request);
    });
  };

/** @throws G4FError `invalid-request` where the service keeps no such response: another may. */
async function send(
  { id, query }: StoredResponseRequest,
  { method, below }: StoredTask,
  exchange: EndpointContext,
): Promise<EndpointReply> {
  const path = `/responses/${encodeSegments(id, 'the response', 1)}${below}${inAddress(query)}`;
  try {
    return await exchange.send({ path, ...(method !== undefined && { method }) });
  } catch (thrown) {
    if (!isG4FError(thrown) || thrown.status !== 404) throw thrown;
    const { provider } = exchange;
    const { requestId } = thrown;
    throw new G4FError(
      `${provider}: it keeps no response of this id (status 404): it may have been asked for with store: false or another key, have been deleted, or be too old.`,
      { code: 'invalid-request', scope: 'provider', provider, status: 404, requestId, cause: thrown },
    );
  }
}

/** A list is a parameter several times, by a name with brackets. */
function inAddress(query: StoredResponseRequest['query']): string {
  const fields = new URLSearchParams();
  for (const [name, value] of Object.entries(query))
    if (typeof value !== 'object') fields.append(name, String(value));
    else for (const one of value) fields.append(`${name}[]`, one);
  const text = fields.toString();
  return text === '' ? '' : `?${text}`;
}
