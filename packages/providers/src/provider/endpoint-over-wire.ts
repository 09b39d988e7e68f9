// Any operation besides chat and embeddings over a wire: its endpoint is lent a way to the service.
import {
  type Context,
  type HttpRequest,
  OPERATIONS,
  type Operations,
  type Provider,
  type Upload,
} from '@g4f/core';
import { refusal } from '../http/failures/failure.ts';
import { type FormField, type Multipart, multipart } from '../http/transport/multipart.ts';
import type {
  Endpoint,
  EndpointContext,
  EndpointReply,
  EndpointRequest,
  OperationFacts,
  OtherOperation,
  OtherOperations,
} from '../wires/endpoint.ts';
import { ownFields } from './own-fields.ts';
import { type Prepared, prepare, type Spoken, toForm, toGet, toPost } from './prepare-request.ts';

/** The methods of a service for the operations among these options, and its models for them. */
export function otherOperations(spoken: Spoken, given: OtherOperations): OtherMethods {
  const methods: Record<string, unknown> = {};
  const modelsFor: Record<string, Readonly<Record<string, string>>> = {};
  const add = <O extends OtherOperation>(operation: O): void => {
    const facts: OperationFacts<O> | undefined = given[operation];
    if (facts === undefined) return;
    const { models, endpoint } = ownFields(facts);
    methods[operation] = overEndpoint(spoken, endpoint);
    if (models !== undefined) modelsFor[operation] = models;
  };
  for (const operation of OPERATIONS) if (operation !== 'chat' && operation !== 'embed') add(operation);
  return { methods, modelsFor };
}

/** What a provider has of these operations. */
export interface OtherMethods {
  readonly methods: Pick<Provider, OtherOperation>;
  readonly modelsFor: NonNullable<Provider['modelsFor']>;
}

const overEndpoint =
  <O extends OtherOperation>(spoken: Spoken, endpoint: Endpoint<O>) =>
  (request: Operations[O]['request'], context: Context): AsyncIterable<Operations[O]['part']> =>
    endpoint(request, createEndpointContext(spoken, context, request.model));

const createEndpointContext = (spoken: Spoken, context: Context, model: string): EndpointContext => ({
  provider: spoken.facts.id,
  signal: context.signal,
  warn: (message) => context.warn(message),
  async send(request): Promise<EndpointReply> {
    const prepared = at(request, prepare(spoken, context, request.path, { model, messages: request.hides }));
    const { asked } = prepared;
    const lent = request.isBare ? { ...context, headers: undefined } : context;
    const response = await context.send(toRequest(prepared, request, lent));
    if (response.status >= 300) throw await refusal(response, asked);
    return { response, asked };
  },
});

const at = ({ url, isBare }: EndpointRequest, { asked, headers }: Prepared): Prepared => ({
  asked: url === undefined ? asked : { ...asked, url },
  headers: isBare ? {} : headers,
});

function toRequest(
  prepared: Prepared,
  { accept = 'application/json', json, form, file }: EndpointRequest,
  context: Context,
): HttpRequest {
  if (form !== undefined) return toForm(prepared, accept, multipart(withExtra(form, context)), context);
  if (file !== undefined) return toForm(prepared, accept, asBody(file), context);
  return json === undefined ? toGet(prepared, accept, context) : toPost(prepared, accept, json, context);
}

const asBody = ({ type = 'application/octet-stream', size, open }: Upload): Multipart => ({
  contentType: type,
  length: size,
  body: { [Symbol.asyncIterator]: () => open()[Symbol.asyncIterator]() },
});

/** The caller's own fields in the place of those of the same name. */
function withExtra(form: readonly FormField[], { extraBody = {} }: Context): readonly FormField[] {
  const own = Object.entries(extraBody).map(([name, value]) => ({
    name,
    value: typeof value === 'string' ? value : JSON.stringify(value),
  }));
  return [...form.filter(({ name }) => !Object.hasOwn(extraBody, name)), ...own];
}
