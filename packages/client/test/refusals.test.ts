// Who is asked after a refusal, and what happens to the key: with what services really say, over HTTP.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openaiCompatible } from '../../providers/src/provider/openai-compatible.ts';
import { refusalsOfServices, type ServiceRefusal } from '../../providers/test/http/refusals-of-services.ts';
import { createChatEngine } from './chat-engine.ts';
import { type FakeService, sayHello, startService } from './fake-service.ts';

let first: FakeService;
let second: FakeService;

beforeEach(async () => {
  first = await startService();
  second = await startService();
});
afterEach(async () => {
  await Promise.all([first.close(), second.close()]);
});

const refusing = ({ status, body }: Pick<ServiceRefusal, 'status' | 'body'>): void => {
  first.answer = (response) => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(body);
  };
};

const create = () => {
  const provider = [
    openaiCompatible({ id: 'one', baseURL: first.url, env: ['ONE_KEY'], models: { family: 'm' } }),
    openaiCompatible({ id: 'two', baseURL: second.url, models: { family: 'm' } }),
  ];
  const calls = createChatEngine({ env: { ONE_KEY: 'key-of-one' }, provider, routing: { sticky: false } });
  return async (stream: boolean): Promise<string | undefined> => {
    try {
      for await (const _ of calls.chat({ model: 'family', messages: 'the prompt', stream }));
      return undefined;
    } catch (error) {
      return error instanceof Error && 'code' in error ? String(error.code) : String(error);
    }
  };
};

describe.each([true, false])('a refusal, where a stream is %s', (stream) => {
  it.each(refusalsOfServices())('$service: $status $body ($code of the $scope)', async (refusal) => {
    refusing(refusal);
    const ask = create();
    const failed = await ask(stream);
    if (refusal.scope === 'request') {
      // What is wrong everywhere ends the call: above all, a prompt that was flagged goes to nobody else.
      expect(failed).toBe(refusal.code);
      expect(second.requests).toHaveLength(0);
    } else {
      expect(failed).toBeUndefined();
      expect([first.requests.length, second.requests.length]).toEqual([1, 1]);
    }
    // Whether the key rests shows in who is asked first by the next call.
    first.answer = sayHello;
    await ask(stream);
    const rests = refusal.scope === 'key' || (refusal.code === 'rate-limit' && refusal.scope === 'moment');
    expect(first.requests).toHaveLength(rests ? 1 : 2);
  });
});
