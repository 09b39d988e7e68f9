// withRedaction and responses.create: the same of a service that has responses, and of one that has only chat.
import type { ModelResponse, Provider, ResponseRequest, ResponseStreamEvent } from '@g4f/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AsyncClient } from '../../src/async-client.ts';
import { Placeholders } from '../../src/redaction/placeholders.ts';
import { restoredResponse } from '../../src/redaction/redacted-parts.ts';
import { withRedaction } from '../../src/redaction/with-redaction.ts';
import { collect, failureOf, fakeProvider, saying, start, stop, text } from '../fake-provider.ts';

const MAIL = 'ann@example.com';
const SECRET = 'pass"w\\0rd1';
const SAID = 'To [EMAIL_1], not [EMAIL_9] or [EMAIL_: [KEY_1] here';
const MEANT = `To ${MAIL}, not [EMAIL_9] or [EMAIL_: ${SECRET} here`;
const ARGUMENTS = '{"to":"[EMAIL_1]","key":"[KEY_1]"}';
const ASKED = { model: 'family', input: `${MAIL} ${SECRET}` } as const;

const message = (said: string) =>
  ({
    type: 'message',
    id: 'm',
    role: 'assistant',
    status: 'completed',
    content: [
      {
        type: 'output_text',
        text: said,
        annotations: [{ type: 'url_citation', url: 'https://x.example', start_index: 48, end_index: 52 }],
      },
    ],
  }) as const;
const call = {
  type: 'function_call',
  id: 'f',
  call_id: 'c',
  name: 'send',
  arguments: ARGUMENTS,
  status: 'completed',
} as const;
const RESPONSE: ModelResponse = {
  id: 'resp_1',
  object: 'response',
  created_at: 5,
  status: 'completed',
  model: 'own',
  instructions: 'about [EMAIL_1]',
  output: [message(SAID), call],
};

/** The text and the arguments in these pieces, as OpenAI tells them. */
function* eventsOf(texts: readonly string[], pieces: readonly string[]): Generator<ResponseStreamEvent> {
  let sequence_number = 0;
  const of = { item_id: 'm', output_index: 0, content_index: 0 };
  const called = { item_id: 'f', output_index: 1 };
  yield { type: 'response.created', sequence_number, response: { ...RESPONSE, output: [] } };
  for (let at = 0; at < Math.max(texts.length, pieces.length); at++) {
    const [words, piece] = [texts[at], pieces[at]];
    if (words !== undefined)
      yield { type: 'response.output_text.delta', sequence_number: ++sequence_number, ...of, delta: words };
    if (piece !== undefined)
      yield {
        type: 'response.function_call_arguments.delta',
        sequence_number: ++sequence_number,
        ...called,
        delta: piece,
      };
  }
  yield { type: 'response.output_text.done', sequence_number: ++sequence_number, ...of, text: SAID };
  yield {
    type: 'response.function_call_arguments.done',
    sequence_number: ++sequence_number,
    ...called,
    arguments: ARGUMENTS,
  };
  yield { type: 'response.completed', sequence_number: ++sequence_number, response: RESPONSE };
}

const clientOf = (provider: Provider): AsyncClient =>
  new AsyncClient({ env: {}, provider, maxRetries: 0, wrap: withRedaction({ own: { KEY: SECRET } }) });

const native = (events: readonly ResponseStreamEvent[], asked: ResponseRequest[] = []): AsyncClient =>
  clientOf(
    fakeProvider('native', saying('from its chat'), {
      async *respond(request) {
        asked.push(request);
        for (const event of events) yield [event];
      },
    }),
  );

const cut = (whole: string) =>
  fc.array(fc.nat(whole.length), { maxLength: 9 }).map((places) => {
    const ends = [...new Set([0, ...places, whole.length])].toSorted((one, other) => one - other);
    return ends.slice(1).map((end, at) => whole.slice(ends[at], end));
  });

const checkWhole = ({ output, instructions }: ModelResponse): void => {
  const [said, called] = output;
  if (said?.type !== 'message' || called?.type !== 'function_call') throw new Error('other items came');
  const [part] = said.content;
  if (part?.type !== 'output_text') throw new Error('no text came');
  expect(part.text).toBe(MEANT);
  const cited = part.annotations[0];
  expect(MEANT.slice(Number(cited?.start_index), Number(cited?.end_index))).toBe('here');
  expect(JSON.parse(called.arguments)).toEqual({ to: MAIL, key: SECRET });
  expect(instructions).toBe(`about ${MAIL}`);
};

describe('a response', () => {
  it('has the values in its pieces, wherever they are cut, and in all that holds them whole', async () => {
    await fc.assert(
      fc.asyncProperty(cut(SAID), cut(ARGUMENTS), async (texts, pieces) => {
        const stream = native([...eventsOf(texts, pieces)]).responses.stream(ASKED);
        const events = await collect(stream);
        const joined = (type: string): string =>
          events.map((event) => (event.type === type && 'delta' in event ? event.delta : '')).join('');
        expect(joined('response.output_text.delta')).toBe(MEANT);
        expect(JSON.parse(joined('response.function_call_arguments.delta'))).toEqual({
          to: MAIL,
          key: SECRET,
        });
        expect(events.find((event) => event.type === 'response.output_text.done')).toMatchObject({
          text: MEANT,
        });
        expect(events.map((event) => event.sequence_number)).toEqual(events.map((_, at) => at));
        checkWhole(await stream.finalResponse());
      }),
      { numRuns: 40 },
    );
  });

  it('has them where it comes whole, and the service does not', async () => {
    const asked: ResponseRequest[] = [];
    const client = native([{ type: 'response.completed', sequence_number: 0, response: RESPONSE }], asked);
    checkWhole(await client.responses.create(ASKED));
    expect(asked[0]?.input).toBe('[EMAIL_1] [KEY_1]');
  });

  it('tells that it comes while it is read', async () => {
    async function* batches(): AsyncGenerator<ResponseStreamEvent[]> {
      yield [];
      yield [{ type: 'response.completed', sequence_number: 0, response: RESPONSE }];
    }
    const placeholders = new Placeholders({ find: () => [], hidesKeys: false });
    const told = await collect(restoredResponse(batches(), placeholders));
    expect(told.map(({ length }) => length)).toEqual([0, 1]);
  });

  it('has the same of a service that has only chat', async () => {
    const chat = fakeProvider('chat', async function* ({ model }) {
      yield [start(model), text(SAID)];
      yield [{ type: 'tool-call-delta', key: 'k', id: 'c', name: 'send', arguments: ARGUMENTS }];
      yield [stop];
    });
    const { output } = await clientOf(chat).responses.create(ASKED);
    expect(output).toMatchObject([
      { content: [{ text: MEANT }] },
      { arguments: JSON.stringify({ to: MAIL, key: SECRET }) },
    ]);
  });

  it('tells what was held back before a failure, and at the end of a text that has no event of its own', async () => {
    const [created, ...others] = eventsOf(['to [EMAIL'], []);
    const last = others.at(-1);
    if (created === undefined || others[0] === undefined || last === undefined) throw new Error('too few');
    const ended = native([created, others[0], { ...last, sequence_number: 2 }]);
    const deltas = (await collect(ended.responses.stream(ASKED))).flatMap((event) =>
      'delta' in event ? [event.delta] : [],
    );
    expect(deltas).toEqual(['to ', '[EMAIL']);
    const came: ResponseStreamEvent[] = [];
    const broken = native([created, others[0]]);
    const reading = collect(broken.responses.stream(ASKED), came);
    expect(await failureOf(reading)).toMatchObject({ code: 'stream-truncated' });
    expect(came.flatMap((event) => ('delta' in event ? [event.delta] : []))).toEqual(['to ', '[EMAIL']);
  });

  it.each([
    { previous_response_id: 'resp_0' },
    { conversation: 'conv_0' },
    { input: [{ type: 'item_reference', id: 'm_0' }] },
  ] as const)('is refused with what the service has kept: %j', async (kept) => {
    const error = await failureOf(Promise.resolve(native([]).responses.create({ ...ASKED, ...kept })));
    expect(error).toMatchObject({ code: 'invalid-request' });
    expect(error.message).toContain(
      `withRedaction: ${Object.keys(kept)[0]?.replace('input', 'item_reference')} leads to`,
    );
  });
});

describe('a request for a response', () => {
  it('keeps addresses and names that are the protocol\u2019s, and looks into all others', async () => {
    const asked: ResponseRequest[] = [];
    const file = { type: 'input_file', file_url: `https://files.example/a.pdf?to=${MAIL}` } as const;
    const output = { type: 'function_call_output', call_id: 'c', output: MAIL } as const;
    const called = {
      type: 'function_call',
      call_id: 'c',
      name: 'mail_ann@example.com',
      arguments: '{}',
    } as const;
    const client = native([{ type: 'response.completed', sequence_number: 0, response: RESPONSE }], asked);
    const more = { documents: [{ name: MAIL, role: 'author' }] };
    await client.responses.create({
      ...more,
      model: 'family',
      input: [{ role: 'user', content: [file, { type: 'input_text', text: MAIL }] }, called, output],
      tools: [{ type: 'function', name: 'mail_ann@example.com', parameters: {} }],
      prompt: { id: 'pmpt_1', variables: { name: MAIL, id: MAIL, file } },
      metadata: { name: MAIL, role: MAIL },
    });
    expect(asked[0]).toMatchObject({
      input: [
        { content: [file, { text: '[EMAIL_1]' }] },
        { name: 'mail_ann@example.com', arguments: '{}' },
        { call_id: 'c', output: '[EMAIL_1]' },
      ],
      tools: [{ name: 'mail_ann@example.com' }],
      prompt: { id: 'pmpt_1', variables: { name: '[EMAIL_1]', id: '[EMAIL_1]', file } },
      metadata: { name: '[EMAIL_1]', role: '[EMAIL_1]' },
      documents: [{ name: '[EMAIL_1]', role: 'author' }],
    });
  });
});
