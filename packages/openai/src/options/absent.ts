// What OpenAI's library has and this package has not: a clear error, instead of "undefined is not a function".
import { OpenAIError } from '../errors/errors.ts';

const STORED = 'it is a store of one service. Use the package "openai" for it';
const GUIDE = 'docs/from-openai.md says what there is';

/** Options that are refused, and what stands for them. */
const OPTIONS: Readonly<Record<string, string>> = {
  fetch: 'requests go by undici; `proxy` names a proxy',
  fetchOptions: 'requests go by undici; `proxy` names a proxy',
  httpAgent: 'requests go by undici; `proxy` names a proxy',
  defaultQuery: 'put the query into `baseURL`',
  query: 'put the query into `baseURL`',
  body: 'what a service knows besides goes into `extraBody`',
  path: 'each method has its own path',
  method: 'each method has its own',
  stream: 'it is a parameter of the methods that can stream',
  logLevel: '`use: [withLog(…)]` of @g4f/client logs calls',
  logger: '`use: [withLog(…)]` of @g4f/client logs calls',
  webhookSecret: 'webhooks are one service’s own',
  adminAPIKey: 'the administration of an organization is one service’s own',
  workloadIdentity: 'give `apiKey` as a function that makes a key',
};

/** @throws OpenAIError for an option of OpenAI's library that there is not. */
export const checkOptions = (given: object): void => {
  for (const [name, value] of Object.entries(given)) {
    const instead = Object.hasOwn(OPTIONS, name) ? OPTIONS[name] : undefined;
    if (instead !== undefined && value != null && value !== false)
      throw new OpenAIError(`@g4f/openai has no option \`${name}\`: ${instead}.`);
  }
};

/** Gives an object getters that throw, under the names of what is absent. */
export const withAbsent = <T extends object>(
  object: T,
  path: string,
  names: readonly string[],
  why = GUIDE,
): T => {
  const getters = names.map((name): [string, PropertyDescriptor] => [
    name,
    {
      configurable: true,
      get() {
        throw new OpenAIError(`@g4f/openai has no ${path}.${name}: ${why}.`);
      },
    },
  ]);
  return Object.defineProperties(object, Object.fromEntries(getters));
};

/** The resources of a client that are absent. Source: https://github.com/openai/openai-node/blob/v6.30.1/src/client.ts */
export const withoutStores = (prototype: object): void => {
  withAbsent(prototype, 'client', STORES, STORED);
  withAbsent(prototype, 'client', REQUESTS, 'requests of one’s own are sent by the package "openai"');
};

const STORES = [
  'files',
  'uploads',
  'batches',
  'fineTuning',
  'vectorStores',
  'containers',
  'conversations',
  'evals',
  'graders',
  'realtime',
  'skills',
  'videos',
  'webhooks',
  'beta',
];

const REQUESTS = ['get', 'post', 'put', 'patch', 'delete', 'request', 'getAPIList', 'requestAPIList'];
