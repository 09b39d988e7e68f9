// A provider that has responses of its own: its events in their order, or one whole response; and whatever goes wrong is thrown.
import type { Provider, ResponseRequest, ResponseStreamEvent } from '@g4f/core';
import { openaiResponses } from '../../mock-wires/openai-responses.ts';
import type { Check } from '../check.ts';
import { expect, expectEqual } from '../expectation.ts';
import { checkFailure } from '../failures.ts';
import type { Lent } from '../lent-context.ts';
import { operationChecks } from './operation-checks.ts';
import { type OperationPlay, playOperation } from './operation-play.ts';

const PROMPT = 'Sunny in <Zürich>';
const TEXT = 'Grüezi from the kit';
const CALL = { id: 'call_kit', name: 'look', arguments: '{"city":"Bern"}' };

const requestOf = (stream: boolean): ResponseRequest => ({
  model: 'kit-response-1',
  instructions: 'Answer in one sentence.',
  input: [{ role: 'user', content: [{ type: 'input_text', text: PROMPT }] }],
  store: false,
  stream,
});

type Answer = ReturnType<typeof openaiResponses.speak>;

/** A stream of which this is said between its beginning and its end. */
const streamed = (say: (answer: Answer) => string): Lent => {
  const answer = openaiResponses.speak();
  return { headers: { 'content-type': 'text/event-stream' }, body: answer.start() + say(answer) };
};

const said = (answer: Answer): string =>
  [...TEXT].map((piece) => answer.text(piece)).join('') + answer.call(CALL) + answer.finish('tool');

const good: OperationPlay<'respond'>['answer'] = (request) => {
  const { pathname } = new URL(request.url);
  if (!pathname.endsWith('/responses')) throw new Error(`the kit knows no responses at ${pathname}`);
  const { stream, input } = JSON.parse(request.body ?? '');
  expectEqual('what was sent as input', input, requestOf(stream).input);
  if (stream !== true) return { body: openaiResponses.whole(TEXT) };
  const answer = openaiResponses.speak();
  return {
    headers: { 'content-type': 'text/event-stream' },
    body: answer.start() + said(answer),
    // Every event is cut somewhere.
    size: 31,
  };
};

const streamPlay: OperationPlay<'respond'> = {
  operation: 'respond',
  request: requestOf(true),
  prompt: PROMPT,
  secret: 'Zürich',
  answer: good,
  compare(parts) {
    const events = eventsOf(parts, true);
    expectEqual('text', textIn(events), TEXT);
    const last = events.at(-1);
    expectEqual('the last event', last?.type, 'response.completed');
    const calls = events.flatMap((event) =>
      event.type === 'response.output_item.done' && event.item.type === 'function_call'
        ? [[event.item.call_id, event.item.name, event.item.arguments]]
        : [],
    );
    expectEqual('calls', calls, [[CALL.id, CALL.name, CALL.arguments]]);
  },
  wrong: [
    ['a stream without its last event', streamed((answer) => answer.text(TEXT))],
    ['the beginning of a stream', streamed(() => '')],
  ],
};

const wholePlay: OperationPlay<'respond'> = {
  ...streamPlay,
  request: requestOf(false),
  compare(parts) {
    const [event] = eventsOf(parts, false);
    expect(event !== undefined && 'response' in event, 'it holds no response');
    expectEqual('text', JSON.stringify(event).includes(TEXT), true);
  },
  wrong: [['a response without output', { body: '{"id":"resp_kit","object":"response"}' }]],
};

/** The checks of `respond`; none where there is no such method. */
export const responseChecks = (provider: Provider): readonly Check[] => [
  ...operationChecks(provider, streamPlay),
  ...failureChecks(provider),
  ...operationChecks(provider, wholePlay).map(({ name, ...check }) => ({ ...check, name: `${name}, whole` })),
];

/** A failure is told after what was said before it, and never as an event. */
function failureChecks(provider: Provider): readonly Check[] {
  if (provider.respond === undefined || provider.wire === undefined) return [];
  const failures: readonly (readonly [string, Lent, readonly ('server' | 'rate-limit')[]])[] = [
    ['overloaded', streamed((answer) => answer.text(TEXT) + answer.failure('overloaded')), ['server']],
    ['a rate limit', streamed((answer) => answer.text(TEXT) + answer.failure('rate-limit')), ['rate-limit']],
    ['a failed response', streamed((answer) => answer.text(TEXT) + failed()), ['server']],
  ];
  return failures.map(([what, answer, codes]) => ({
    name: `respond: tells of ${what} in the middle after what came before`,
    async run() {
      const { parts, error } = await playOperation(provider, streamPlay, answer);
      checkFailure(provider, error, codes);
      expectEqual('text before it', textIn(parts.flat()), TEXT);
    },
  }));
}

const failed = (): string =>
  `event: response.failed\ndata: ${JSON.stringify({
    type: 'response.failed',
    sequence_number: 5,
    response: {
      id: 'resp_kit',
      object: 'response',
      status: 'failed',
      output: [],
      error: { code: 'server_error', message: 'The model broke down.' },
    },
  })}\n\n`;

/** The events, which are numbered one by one; of a response that is not streamed, there is one. */
function eventsOf(
  parts: readonly (readonly ResponseStreamEvent[])[],
  streams: boolean,
): readonly ResponseStreamEvent[] {
  const events = parts.flat();
  const [first] = events;
  expectEqual(
    'the numbers of the events',
    events.map((event) => event.sequence_number),
    events.map((_, at) => (first?.sequence_number ?? 0) + at),
  );
  if (streams) expectEqual('the first event', first?.type, 'response.created');
  else expectEqual('events', events.length, 1);
  return events;
}

const textIn = (events: readonly ResponseStreamEvent[]): string =>
  events.map((event) => (event.type === 'response.output_text.delta' ? event.delta : '')).join('');
