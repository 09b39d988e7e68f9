// The gateway's API as an OpenAPI document. Source: https://spec.openapis.org/oas/v3.1.0
import type { Json } from '../json/json.ts';
import { dialectBodies } from './dialect-bodies.ts';
import { type DocumentedOperation, OPERATIONS } from './operations.ts';
import { PARAMETERS } from './parameters.gen.ts';

/** The way to a path of the document from the pattern of a route: `/v1/models/:id{.+}` is `/v1/models/{id}`. */
export const documentedPath = ({ route, path }: DocumentedOperation): string =>
  path ?? (route.split(' ')[1] ?? '').replace(/:(\w{1,40})(?:\{\.\+\})?/g, '{$1}');

let made: Json | undefined;

/** The document: the same for every gateway. */
export const openapiDocument = (): Json => {
  made ??= {
    openapi: '3.1.0',
    info: {
      title: 'g4f gateway',
      version: '1',
      description: 'OpenAI’s, Anthropic’s, Gemini’s and Ollama’s API over every provider of g4f.',
    },
    tags: [...new Set(OPERATIONS.map(({ api }) => api))].map((name) => ({ name })),
    security: [{ bearer: [] }, { 'x-api-key': [] }, { 'x-goog-api-key': [] }, {}],
    paths: pathsOf(),
    components: {
      schemas: { ...PARAMETERS, ...dialectBodies(), Error: ERROR },
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer' },
        'x-api-key': { type: 'apiKey', in: 'header', name: 'x-api-key' },
        'x-goog-api-key': { type: 'apiKey', in: 'header', name: 'x-goog-api-key' },
      },
    },
  };
  return made;
};

/** OpenAI's; the other APIs tell a failure in their own form. */
const ERROR = {
  type: 'object',
  required: ['error'],
  properties: {
    error: {
      type: 'object',
      required: ['message', 'type', 'code', 'param', 'request_id'],
      properties: {
        message: { type: 'string' },
        type: { type: 'string' },
        code: { type: 'string' },
        param: { type: ['string', 'null'] },
        request_id: { type: 'string' },
      },
    },
  },
};

const JSON_OBJECT = { 'application/json': { schema: { type: 'object' } } };

function pathsOf(): Json {
  const paths: Record<string, Record<string, Json>> = {};
  for (const operation of OPERATIONS) {
    const path = documentedPath(operation);
    const [method = ''] = operation.route.toLowerCase().split(' ');
    paths[path] = { ...paths[path], [method]: operationOf(operation, path) };
  }
  return paths;
}

function operationOf(operation: DocumentedOperation, path: string): Json {
  const { api, summary, body, isForm = false, streams, isOpen = false } = operation;
  const names = [...path.matchAll(/\{(\w{1,40})\}/g)].map(([, name]) => name);
  return {
    tags: [api],
    summary,
    ...(isOpen && { security: [] }),
    ...(names.length > 0 && {
      parameters: names.map((name) => ({ name, in: 'path', required: true, schema: { type: 'string' } })),
    }),
    ...(body !== undefined && {
      requestBody: {
        required: true,
        content: {
          [isForm ? 'multipart/form-data' : 'application/json']: {
            schema: { $ref: `#/components/schemas/${body}` },
          },
        },
      },
    }),
    responses: {
      200: { description: 'The answer', content: contentOf(streams) },
      default: {
        description: 'A failure, in the form of the API',
        content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
      },
    },
  };
}

/** A stream stands beside the whole answer; any other type in its place. */
function contentOf(streams: string | undefined): Json {
  if (streams === undefined) return JSON_OBJECT;
  const other = { [streams]: { schema: { type: 'string' } } };
  return streams.includes('event-stream') || streams.includes('ndjson')
    ? { ...JSON_OBJECT, ...other }
    : other;
}
