// A provider that keeps responses: each is asked for where it stands, and nothing else is taken for one.
import {
  type HttpRequest,
  isG4FError,
  type Provider,
  type StoredResponseRequest,
  type StoredResponseTask,
} from '@g4f/core';
import { openaiResponses } from '../../mock-wires/openai-responses.ts';
import type { Check } from '../check.ts';
import { expect, expectEqual } from '../expectation.ts';
import { checkFailure } from '../failures.ts';
import { operationChecks } from './operation-checks.ts';
import { type OperationPlay, playOperation } from './operation-play.ts';

const ID = 'resp_kit/../a b';
const TEXT = 'Grüezi from the kit';
const ITEM = { type: 'message', id: 'msg_kit', role: 'user', content: [{ type: 'input_text', text: 'Hoi' }] };
const LIST = { object: 'list', data: [ITEM], first_id: ITEM.id, last_id: ITEM.id, has_more: true };
const QUERY: StoredResponseRequest['query'] = { after: 'msg_0', limit: 1, include: ['kit.a', 'kit.b'] };

const requestOf = (
  task: StoredResponseTask,
  query: StoredResponseRequest['query'] = {},
): StoredResponseRequest => ({ task, id: 'resp_kit', model: '', query });

/** What a service answers to each task, and where it is asked. */
const ROUTES: Readonly<Record<StoredResponseTask, readonly [request: string, body: string]>> = {
  retrieve: ['GET /responses/resp_kit', openaiResponses.whole(TEXT)],
  cancel: ['POST /responses/resp_kit/cancel', openaiResponses.whole(TEXT)],
  delete: [
    'DELETE /responses/resp_kit',
    JSON.stringify({ id: 'resp_kit', object: 'response', deleted: true }),
  ],
  'input-items': [
    'GET /responses/resp_kit/input_items?after=msg_0&limit=1&include%5B%5D=kit.a&include%5B%5D=kit.b',
    JSON.stringify(LIST),
  ],
};

const answerTo =
  (task: StoredResponseTask): OperationPlay<'storedResponse'>['answer'] =>
  ({ method, url, body, bodyStream }: HttpRequest) => {
    const { pathname, search } = new URL(url);
    const [asked, answer] = ROUTES[task];
    expectEqual('request', `${method} ${pathname.slice(pathname.indexOf('/responses'))}${search}`, asked);
    expect(body === undefined && bodyStream === undefined, 'there is no body in this request');
    return { body: answer };
  };

const play: OperationPlay<'storedResponse'> = {
  operation: 'storedResponse',
  request: requestOf('retrieve'),
  // No prompt is sent, and an id is no secret.
  prompt: '',
  secret: 'what was never sent',
  notFound: 'invalid-request',
  answer: answerTo('retrieve'),
  compare([answer, ...more]) {
    expectEqual('parts after the first', more.length, 0);
    expect(answer !== undefined && 'output' in answer, 'it is no response');
    expectEqual('text', JSON.stringify(answer).includes(TEXT), true);
  },
  wrong: [['a response without output', { body: '{"id":"resp_kit","object":"response"}' }]],
};

const OTHERS: readonly (readonly [StoredResponseTask, string, (answer: object) => void])[] = [
  ['cancel', 'stops a response', (answer) => expect('output' in answer, 'it is no response')],
  ['delete', 'deletes a response', (answer) => expectEqual('deleted', 'deleted' in answer, true)],
  [
    'input-items',
    'lists the input of a response',
    (answer) =>
      expectEqual('items', 'data' in answer && [answer.data, 'has_more' in answer && answer.has_more], [
        [ITEM],
        true,
      ]),
  ],
];

/** The checks of `storedResponse`; none where there is no such method. */
export const storedResponseChecks = (provider: Provider): readonly Check[] =>
  operationChecks(provider, play, [
    ...OTHERS.map(
      ([task, name, compare]): Check => ({
        name: `${name}, or says that it cannot`,
        async run() {
          const request = requestOf(task, task === 'input-items' ? QUERY : {});
          const { parts, error, context } = await playOperation(provider, {
            ...play,
            request,
            answer: answerTo(task),
          });
          if (error === undefined) return compare(parts[0] ?? {});
          checkFailure(provider, error, ['invalid-request']);
          expectEqual('requests', context.requests.length, 0);
        },
      }),
    ),
    {
      name: 'asks nobody for an id that leads elsewhere',
      async run() {
        const { error, context } = await playOperation(provider, {
          ...play,
          request: { ...play.request, id: ID },
        });
        expectEqual('code', isG4FError(error) ? error.code : String(error), 'invalid-request');
        expectEqual('requests', context.requests.length, 0);
      },
    },
  ]);
