// What a service does wrong, row by row, and what the reader gets: never a hang, a lost word or a silent success.
import { describe, expect, it } from 'vitest';
import { afterTurns } from '../http/service.ts';
import { calls, DONE, finishes, hear, leavesOpen, says, sse, streams } from './acme.ts';

import { COMPLETE, check, type Row } from './fault-row.ts';

const usage = { prompt_tokens: 1, completion_tokens: 2, total_tokens: 3 };

describe('fields that are null, missing, or unknown are tolerated', () => {
  it.each<Row>([
    ['choices: []', streams(sse(says('a'), { choices: [] }, says('b', 'stop'), DONE)), 'ab', COMPLETE],
    ['no choices', streams(sse({ id: 'x' }, says('a'), { usage }, finishes('stop'), DONE)), 'a', COMPLETE],
    ['choices: null', streams(sse({ choices: null }, says('a', 'stop'), DONE)), 'a', COMPLETE],
    ['a choice that is null', streams(sse({ choices: [null] }, says('a', 'stop'), DONE)), 'a', COMPLETE],
    ['usage: null', streams(sse({ choices: [], usage: null }, says('a', 'stop'), DONE)), 'a', COMPLETE],
    ['error: null', streams(sse({ error: null, choices: [] }, says('a', 'stop'), DONE)), 'a', COMPLETE],
    ['error: ""', streams(sse({ error: '', choices: [] }, says('a', 'stop'), DONE)), 'a', COMPLETE],
    ['delta: null', streams(sse({ choices: [{ delta: null }] }, says('a', 'stop'), DONE)), 'a', COMPLETE],
    ['no delta', streams(sse({ choices: [{ index: 0 }] }, says('a', 'stop'), DONE)), 'a', COMPLETE],
    [
      'content: null',
      streams(sse({ choices: [{ delta: { content: null } }] }, says('a', 'stop'))),
      'a',
      COMPLETE,
    ],
    [
      'tool_calls: null',
      streams(sse({ choices: [{ delta: { tool_calls: null } }] }, says('a', 'stop'))),
      'a',
      COMPLETE,
    ],
    ['a payload that is null', streams(sse('null', says('a', 'stop'), DONE)), 'a', COMPLETE],
    ['a payload that is a number', streams(sse('1', says('a', 'stop'), DONE)), 'a', COMPLETE],
    ['an empty payload', streams(`data:\n\ndata: \n\n${sse(says('a', 'stop'), DONE)}`), 'a', COMPLETE],
    ['finish_reason ""', streams(sse(says('a', ''), says('b', 'stop'))), 'ab', COMPLETE],
    ['finish_reason "null"', streams(sse(says('a', 'null'), says('b', 'stop'))), 'ab', COMPLETE],
    ['the finish twice', streams(sse(says('a', 'stop'), finishes('stop'), DONE)), 'a', COMPLETE],
    [
      'comments and blank lines before all',
      streams(`\n\n: hello\n\n${' '.repeat(400)}\n${sse(says('a', 'stop'))}`),
      'a',
      COMPLETE,
    ],
    ['named events', streams(`event: chunk\n${sse(says('a', 'stop'), DONE)}`), 'a', COMPLETE],
    ['a byte order mark', streams(`\uFEFF${sse(says('a', 'stop'), DONE)}`), 'a', COMPLETE],
    ['CRLF', streams(sse(says('a', 'stop'), DONE).replaceAll('\n', '\r\n')), 'a', COMPLETE],
    [
      'the index missing',
      streams(sse({ choices: [{ delta: { content: 'a' }, finish_reason: 'stop' }] })),
      'a',
      COMPLETE,
    ],
  ])('%s', async (...row) => {
    await check(row);
  });
});

describe('an end is told from a cut', () => {
  it.each<Row>([
    ['finish and [DONE]', streams(sse(says('a'), finishes('stop'), DONE)), 'a', COMPLETE],
    ['finish without [DONE]', streams(sse(says('a', 'stop'))), 'a', COMPLETE],
    ['[DONE] without finish', streams(sse(says('a'), DONE)), 'a', COMPLETE],
    ['[DONE] between blanks', streams(sse(says('a'), ' [DONE] ')), 'a', COMPLETE],
    ['[DONE] without its blank line', streams(`${sse(says('a'))}data: [DONE]`), 'a', COMPLETE],
    ['the finish without its blank line', streams(sse(says('a'), finishes('stop')).trimEnd()), 'a', COMPLETE],
    ['neither', streams(sse(says('a'), says('b'))), 'ab', /^stream-truncated acme: the stream ended before/],
    ['half a payload', streams(`${sse(says('a'))}data: {"choices":[{"del`), 'a', /^stream-truncated/],
    ['half a [DONE]', streams(`${sse(says('a'))}data: [DO`), 'a', /^stream-truncated/],
    ['half a tag is still text', streams(sse(says('a <thi'))), 'a <thi', /^stream-truncated/],
    ['only a role', streams(sse({ choices: [{ delta: { role: 'assistant' } }] })), '', /^stream-truncated/],
    ['only comments', streams(': hello\n\n: hello\n\n'), '', /^stream-truncated/],
    ['[DONE] and nothing said', streams(sse(DONE)), '', /^bad-response .*without having said anything/],
    [
      'a connection reset',
      leavesOpen(sse(says('a')), (response) => afterTurns(() => response.socket?.resetAndDestroy())),
      'a',
      /^network .*broke in mid-answer/,
    ],
    [
      'a connection reset with half a tag held back',
      leavesOpen(sse(says('a <')), (response) => afterTurns(() => response.socket?.resetAndDestroy())),
      'a <',
      /^network/,
    ],
    [
      'a connection reset after the finish',
      leavesOpen(sse(says('a', 'stop')), (response) => afterTurns(() => response.socket?.resetAndDestroy())),
      'a',
      COMPLETE,
    ],
    [
      'tool arguments cut',
      streams(sse(calls({ index: 0, id: 'x', function: { name: 'f', arguments: '{"a":' } }))),
      '',
      /^stream-truncated/,
    ],
    ['the answer given up', streams(sse(says('a', 'error'))), 'a', /^server .*ended with "error"/],
    ['the answer aborted', streams(sse(says('a', 'abort'))), 'a', /^server .*ended with "abort"/],
    ['the answer cancelled', streams(sse(says('a', 'Cancelled'))), 'a', /^server .*ended with "Cancelled"/],
    ['the answer timed out', streams(sse(says('a', 'timeout'))), 'a', /^timeout .*ended with "timeout"/],
    ['Zhipu’s inference failed', streams(sse(says('a', 'network_error'))), 'a', /^server .*"network_error"/],
  ])('%s', async (...row) => {
    const heard = await check(row);
    if (heard.error !== undefined) expect(heard.events.map(({ type }) => type)).not.toContain('finish');
  });

  it('n = 2 with one choice finished is cut', async () => {
    await check(['', streams(sse(says('a', 'stop', 0), says('b', null, 1))), 'ab', /^stream-truncated/], {
      n: 2,
    });
    await check(['', streams(sse(says('a', 'stop', 0))), 'a', /^stream-truncated/], { n: 2 });
  });

  it('n = 2 with both finished is complete, each by itself', async () => {
    const text = sse(says('a', null, 0), says('b', 'length', 1), says('c', 'stop', 0));
    const { events } = await check(['', streams(text), 'abc', COMPLETE], { n: 2 });
    expect(
      events.flatMap((event) => (event.type === 'finish' ? [[event.choice ?? 0, event.reason]] : [])),
    ).toEqual([
      [0, 'stop'],
      [1, 'length'],
    ]);
  });

  it('a finish reason that is no end: the next message belongs to the answer, and its finish counts', async () => {
    const text = sse(says('a', 'tool_calls'), says('b'), says('c', 'stop'));
    const { events } = await check(['', streams(text), 'abc', COMPLETE]);
    expect(events.filter(({ type }) => type === 'finish')).toMatchObject([{ reason: 'stop' }]);
    // The second message was cut.
    await check(['', streams(sse(says('a', 'tool_calls'), says('b'))), 'ab', /^stream-truncated/]);
  });
});

describe('a failure inside the stream is thrown after what came before it', () => {
  it.each<Row>([
    [
      'a malformed payload',
      streams(sse(says('a'), '{"choices": oops acme-secret-1}', says('b', 'stop'))),
      'a',
      /^bad-response .*malformed event.*\{"choices": oops \[redacted\]\}" is not JSON/,
    ],
    [
      'an error of the rate',
      streams(sse(says('a'), { error: { message: 'Slow down', type: 'rate_limit_error' } })),
      'a',
      /^rate-limit acme: Slow down\. Wait/,
    ],
    [
      'an error with a status',
      streams(sse(says('a'), { error: { message: 'Gone away', code: 502 } })),
      'a',
      /^server acme: 502 Gone away/,
    ],
    [
      'overloaded',
      streams(sse({ error: { type: 'overloaded_error', message: 'Overloaded' } })),
      '',
      /^server/,
    ],
    [
      'an error as text',
      streams(sse({ error: 'CUDA out of memory' })),
      '',
      /^server acme: CUDA out of memory/,
    ],
    [
      'an error of the length',
      streams(sse({ error: { code: 'context_length_exceeded', message: 'x' } })),
      '',
      /^context-length/,
    ],
    [
      'an error beside choices',
      streams(sse(says('a'), { choices: [], error: { message: 'no', code: 429 } })),
      'a',
      /^rate-limit/,
    ],
    [
      'an error in the choice',
      streams(
        sse(says('a'), {
          choices: [{ delta: {}, finish_reason: 'error', error: { code: 429, message: 'no' } }],
        }),
      ),
      'a',
      /^rate-limit acme: 429 no/,
    ],
    [
      'an error without its field',
      streams(sse(says('a'), { object: 'error', message: 'too fast', type: 'rate_limit_error' }, DONE)),
      'a',
      /^rate-limit acme: too fast/,
    ],
    ['a detail', streams(sse(says('a'), { detail: 'Internal Server Error' }, DONE)), 'a', /^server/],
    [
      'a list with an error',
      streams(sse(says('a'), [{ error: { code: 503, message: 'busy' } }], DONE)),
      'a',
      /^server acme: 503 busy/,
    ],
    [
      'Groq’s own field',
      streams(sse(says('a'), { choices: [], x_groq: { id: 'r', error: 'over capacity' } }, DONE)),
      'a',
      /over capacity/,
    ],
    [
      'event: error',
      streams(
        `${sse(says('a'))}event: error\n${sse({ error: { message: 'no', code: 'rate_limit_exceeded' } })}`,
      ),
      'a',
      /^rate-limit/,
    ],
    [
      'event: error with a bare object',
      streams(`event: error\n${sse({ message: 'Overloaded', type: 'overloaded_error' })}`),
      '',
      /^server acme: Overloaded/,
    ],
    [
      'event: error with text',
      streams(`${sse(says('a'))}event: error\n${sse('worker died')}`),
      'a',
      /^server acme: worker died/,
    ],
    [
      'event: error cut short',
      streams(`${sse(says('a'))}event: error\ndata: {"error": "wor`),
      'a',
      /^server/,
    ],
  ])('%s', async (...row) => {
    await check(row);
  });

  it('carries request id and wait', async () => {
    const { error } = await hear((response) =>
      response
        .writeHead(200, { 'content-type': 'text/event-stream', 'x-request-id': 'r1' })
        .end(sse({ error: { message: 'Try again in 2s', code: 429 } })),
    );
    expect(error).toMatchObject({
      code: 'rate-limit',
      status: 429,
      requestId: 'r1',
      retryAfterMs: 2000,
      model: 'asked-for',
    });
  });
});
