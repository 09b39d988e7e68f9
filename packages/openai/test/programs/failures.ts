// Programs whose calls fail.
import { type Answer, events, json } from '../service.ts';
import { begun, failure, messages, model, type Program, texts } from './program.ts';

const refusing =
  (status: number, error: object): Answer =>
  (response) =>
    json(response, { error }, status, { 'x-own': 'yes' });

const REFUSALS: readonly (readonly [number, object])[] = [
  [
    400,
    {
      message: 'Too long.',
      type: 'invalid_request_error',
      param: 'messages',
      code: 'context_length_exceeded',
    },
  ],
  [
    401,
    {
      message: 'Incorrect API key provided.',
      type: 'invalid_request_error',
      param: null,
      code: 'invalid_api_key',
    },
  ],
  [403, { message: 'Not allowed.', type: 'permission_error', code: 'no_permission' }],
  [
    404,
    {
      message: 'The model does not exist.',
      type: 'invalid_request_error',
      param: 'model',
      code: 'model_not_found',
    },
  ],
  [409, { message: 'Conflict.', type: 'conflict', code: 'conflict' }],
  [422, { message: 'Unprocessable.', type: 'invalid_request_error', code: 'bad' }],
  [429, { message: 'Slow down.', type: 'requests', code: 'rate_limit_exceeded' }],
  [429, { message: 'You exceeded your quota.', type: 'insufficient_quota', code: 'insufficient_quota' }],
  [500, { message: 'Oh no.', type: 'server_error', code: 'server_error' }],
  [503, { message: 'Overloaded.', type: 'server_error', code: 'overloaded' }],
];

/** Failures. */
export const FAILURES: readonly Program[] = [
  ...REFUSALS.map(
    ([status, error]): Program => ({
      name: `tells a refusal: ${status} ${JSON.stringify(error)}`,
      answer: refusing(status, error),
      run: (library, client) => failure(library, client.chat.completions.create({ model, messages })),
    }),
  ),
  {
    name: 'tells the refusal of a stream when it is awaited',
    answer: refusing(429, { message: 'Slow down.', type: 'requests', code: 'rate_limit_exceeded' }),
    run: (library, client) =>
      failure(library, client.chat.completions.create({ model, messages, stream: true })),
  },
  {
    name: 'tells a connection that is closed at once',
    answer: (response) => response.destroy(),
    run: (library, client) => failure(library, client.chat.completions.create({ model, messages })),
  },
  {
    name: 'tells a deadline',
    answer: () => undefined,
    run: (library, client) =>
      failure(library, client.chat.completions.create({ model, messages }, { timeout: 50 })),
  },
  {
    name: 'tells its own abort',
    answer: () => undefined,
    async run(library, client) {
      const controller = new AbortController();
      const promise = client.chat.completions.create({ model, messages }, { signal: controller.signal });
      setTimeout(() => controller.abort(), 20);
      return failure(library, promise);
    },
  },
  {
    name: 'tells a failure inside a stream',
    answer: (response) => {
      events(response, begun('Hello'));
      response.end(
        `data: ${JSON.stringify({ error: { message: 'Broken.', type: 'server_error', code: 'broken' } })}\n\n`,
      );
    },
    async run(library, client) {
      const stream = await client.chat.completions.create({ model, messages, stream: true });
      const seen = Object(await failure(library, texts(stream)));
      return [seen.same, seen.type, seen.code, seen.status];
    },
  },
];
