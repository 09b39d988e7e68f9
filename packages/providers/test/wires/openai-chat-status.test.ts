// What a 200 turns out to hold, and what a status that is none becomes.
import { describe, expect, it } from 'vitest';
import type { Answer } from '../http/service.ts';
import { DONE, hear, says, sse, streams } from './acme.ts';
import { COMPLETE, check, type Row } from './fault-row.ts';

const whole = (content: string, more = {}): string =>
  JSON.stringify({
    id: 'c',
    model: 'm',
    choices: [{ index: 0, message: { role: 'assistant', content }, finish_reason: 'stop' }],
    ...more,
  });

describe('what a 200 holds is told by its bytes', () => {
  const page = '<!DOCTYPE html><html><title>Hello</title></html>';
  it.each<Row>([
    [
      'HTML',
      streams(page, 'text/html'),
      '',
      /^bad-response acme: http:\/\/127.* answered 200 with "<!DOCTYPE html>.*\(text\/html\).*a web page/,
    ],
    ['HTML as a stream', streams(page), '', /^bad-response .*a web page/],
    ['HTML after blanks', streams(`\n\n${' '.repeat(500)}${page}`), '', /^bad-response .*a web page/],
    [
      'a JSON error',
      streams('{"error":{"message":"down"}}', 'application/json'),
      '',
      /^bad-response .*reports a failure as a success \(down\)/,
    ],
    ['a JSON error as a stream', streams('{"error":"down"}'), '', /^bad-response .*\(down\)/],
    ['an empty body', streams(''), '', /^bad-response .*with nothing \(text\/event-stream\)/],
    [
      'an empty body of no type',
      (response) => response.writeHead(200).end(),
      '',
      /^bad-response .*with nothing \(no content type\)/,
    ],
    [
      'no content',
      (response) => response.writeHead(204).end(),
      '',
      /^bad-response .*answered 204 with nothing/,
    ],
    ['blanks', streams(' \n \n'), '', /^bad-response .*with nothing/],
    [
      'text',
      streams('upstream connect error', 'text/plain'),
      '',
      /^bad-response .*"upstream connect error" \(text\/plain\)/,
    ],
    ['text as a stream', streams('upstream connect error'), '', /^bad-response .*"upstream connect error"/],
    [
      'text that begins like a field',
      streams('data is missing', 'text/plain'),
      '',
      /^bad-response .*"data is missing"/,
    ],
    ['half a JSON body', streams(whole('a').slice(0, 60), 'application/json'), '', /^bad-response/],
    ['JSON of something else', streams('{"ok":true}', 'application/json'), '', /^bad-response/],
    ['a list', streams('[1,2]', 'application/json'), '', /^bad-response/],
    ['no choices', streams('{"choices":[]}', 'application/json'), '', /^bad-response/],
    ['a stream under another type', streams(sse(says('a', 'stop'), DONE), 'application/json'), 'a', COMPLETE],
    ['a stream under text/plain', streams(`: hi\n\n${sse(says('a', 'stop'))}`, 'text/plain'), 'a', COMPLETE],
    [
      'a stream of one id line first',
      streams(`id: 1\n${sse(says('a', 'stop'))}`, 'text/plain'),
      'a',
      COMPLETE,
    ],
    ['a whole body for a stream', streams(whole('a'), 'application/json'), 'a', COMPLETE],
    ['a whole body called a stream', streams(whole('a')), 'a', COMPLETE],
    [
      'a whole body after blanks to keep the line open',
      streams(`${'\n'.repeat(300)}${whole('a')}`),
      'a',
      COMPLETE,
    ],
    [
      'a whole body with a failure',
      streams(whole('a', { error: { code: 429, message: 'no' } })),
      '',
      /^rate-limit acme: 429 no/,
    ],
  ])('%s', async (...row) => {
    await check(row);
  });

  it('byte by byte, the same', async () => {
    const drip =
      (text: string): Answer =>
      async (response) => {
        response.writeHead(200, { 'content-type': 'text/event-stream' });
        for (const byte of Buffer.from(text)) {
          response.write(Buffer.from([byte]));
          await new Promise((resolve) => setImmediate(resolve));
        }
        response.end();
      };
    await check(['', drip('upstream connect error'), '', /^bad-response .*"upstream connect error"/]);
    await check(['', drip(sse(says('é<b>'), DONE)), 'é<b>', COMPLETE]);
    await check(['', drip(whole('a')), 'a', COMPLETE]);
  });

  it('a stream for a request that asked for none is read as well', async () => {
    await check(['', streams(sse(says('a'), says('b', 'stop'), DONE)), 'ab', COMPLETE], { stream: false });
    await check(['', streams(whole('ab'), 'application/json'), 'ab', COMPLETE], { stream: false });
  });
});

describe('a status that is no success', () => {
  it.each<[number, string]>([
    [302, 'bad-response'],
    [400, 'invalid-request'],
    [401, 'auth'],
    [402, 'payment-required'],
    [403, 'auth'],
    [404, 'model-not-found'],
    [408, 'timeout'],
    [409, 'server'],
    [413, 'context-length'],
    [422, 'invalid-request'],
    [429, 'rate-limit'],
    [500, 'server'],
    [529, 'server'],
  ])('%i is %s', async (status, code) => {
    const { error, events } = await hear((response) =>
      response
        .writeHead(status, { 'x-request-id': 'r1', location: '/elsewhere' })
        .end('{"error":{"message":"the words"}}'),
    );
    expect(error).toMatchObject({ code, status, requestId: 'r1', model: 'asked-for' });
    expect(error?.message).toContain(status === 302 ? 'another path of' : 'the words');
    expect(events).toEqual([]);
  });
});
