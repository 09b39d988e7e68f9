// Any operation besides chat and embeddings over a wire: its endpoint is lent a way to the service.
import { type Context, G4FError, type HttpRequest, type Operations, type Upload } from '@g4f/core';
import { refusal } from '../http/failures/failure.ts';
import { withHeaders } from '../http/transport/given-headers.ts';
import { type FormField, type Multipart, multipart } from '../http/transport/multipart.ts';
import type {
  Endpoint,
  EndpointContext,
  EndpointReply,
  EndpointRequest,
  OtherOperation,
} from '../wires/endpoint.ts';
import { sendBare } from './bare-request.ts';
import { createPaidWork } from './paid-work.ts';
import { type Prepared, prepare, type Spoken, toGet, toPost } from './prepare-request.ts';

/** What the endpoint of a service answers to one call. */
export const overEndpoint = <O extends OtherOperation>(
  spoken: Spoken,
  endpoint: Endpoint<O>,
  request: Operations[O]['request'],
  context: Context,
): AsyncIterable<Operations[O]['part']> =>
  endpoint(request, createEndpointContext(spoken, context, request.model));

const createEndpointContext = (spoken: Spoken, context: Context, model: string): EndpointContext => ({
  provider: spoken.facts.id,
  signal: context.signal,
  warn: (message) => context.warn(message),
  ...createPaidWork(context),
  async send(request): Promise<EndpointReply> {
    const path = withQuery(request, context);
    const prepared = at(
      request,
      prepare(spoken, context, path, {
        model,
        messages: { input: [saidIn(request.hides), namesIn(request)] },
      }),
    );
    const { asked } = prepared;
    if (request.isBare) return sendBare(asked, request.accept ?? '*/*', context);
    const response = await context.send(
      request.extraInQuery
        ? toRequest(withExtraQuery(prepared, context), request, { ...context, extraBody: undefined })
        : toRequest(prepared, request, context),
    );
    if (response.status >= 300) throw await refusal(response, asked);
    return { response, asked };
  },
});

/** All texts, and lists of tokens, whatever the fields they stand in are called. */
const saidIn = (hidden: unknown): readonly unknown[] => {
  if (typeof hidden === 'string' || isTokens(hidden)) return [hidden];
  return typeof hidden === 'object' && hidden !== null ? Object.values(hidden).flatMap(saidIn) : [];
};

/** What the files are called. */
const namesIn = ({ form = [], file }: EndpointRequest): readonly unknown[] =>
  [file, ...form.map(({ value }) => value)].map((one) => (typeof one === 'object' ? one.name : undefined));

const isTokens = (value: unknown): value is readonly number[] =>
  Array.isArray(value) && typeof value[0] === 'number';

const at = ({ url, moved, form, file }: EndpointRequest, { asked, headers }: Prepared): Prepared => ({
  asked: {
    ...asked,
    url: url ?? moved?.(asked.url) ?? asked.url,
    sendsFile: form !== undefined || file !== undefined,
  },
  headers,
});

function withQuery({ path, query }: EndpointRequest, { extraBody }: Context): string {
  if (query === undefined) return path;
  const fields = new URLSearchParams();
  for (const [name, value] of Object.entries({ ...query, ...extraBody }))
    if (value !== undefined) fields.set(name, typeof value === 'string' ? value : JSON.stringify(value));
  return `${path}?${fields}`;
}

function toRequest(
  prepared: Prepared,
  { method, accept = 'application/json', json, form, file }: EndpointRequest,
  context: Context,
): HttpRequest {
  if (form !== undefined) return toForm(prepared, accept, multipart(withExtra(form, context)), context);
  if (file !== undefined) {
    if (context.extraBody !== undefined) throw noPlace(prepared.asked.provider);
    return toForm(prepared, accept, asBody(file), context);
  }
  return json === undefined
    ? { ...toGet(prepared, accept, context), ...(method !== undefined && { method }) }
    : toPost(prepared, accept, json, context);
}

/** The caller's own parameters in the place of those of the same name; a list is a parameter several times. */
function withExtraQuery(prepared: Prepared, { extraBody = {} }: Context): Prepared {
  const to = new URL(prepared.asked.url);
  for (const [name, value] of Object.entries(extraBody)) {
    to.searchParams.delete(name);
    for (const one of Array.isArray(value) ? value : [value])
      if (one != null)
        to.searchParams.append(name, typeof one === 'object' ? JSON.stringify(one) : String(one));
  }
  return { ...prepared, asked: { ...prepared.asked, url: to.href } };
}

const noPlace = (provider: string): G4FError =>
  new G4FError(
    `${provider}: extraBody has no place in this request, whose body is the file. Give its fields as parameters.`,
    { code: 'invalid-request', scope: 'provider', provider },
  );

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

/** The request with a form, or a file, as its body; the caller's own headers go over the others. */
const toForm = (
  { asked, headers }: Prepared,
  accept: string,
  { contentType, length, body }: Multipart,
  context: Context,
): HttpRequest => {
  const own = { accept, 'content-type': contentType, ...headers };
  const sized = length === undefined ? own : { ...own, 'content-length': String(length) };
  return { method: 'POST', url: asked.url, headers: withHeaders(sized, context.headers), bodyStream: body };
};
