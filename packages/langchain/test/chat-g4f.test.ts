// LangChain's own runnables, agents' loop and parsers over this model, against two services on this machine.
import { AsyncClient } from '@g4f/client';
import { InMemoryCache } from '@langchain/core/caches';
import { AIMessage, HumanMessage, SystemMessage, ToolMessage } from '@langchain/core/messages';
import { StringOutputParser } from '@langchain/core/output_parsers';
import { ChatPromptTemplate } from '@langchain/core/prompts';
import { tool } from '@langchain/core/tools';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { chatting, chunks, events, type Service, startService } from '../../openai/test/service.ts';
import { ChatG4F, type ChatG4FFields } from '../src/index.ts';
import { toMessages } from '../src/to-messages.ts';
import { calling, down, saying, whole } from './answers.ts';

let first: Service;
let second: Service;

beforeAll(async () => {
  [first, second] = await Promise.all([startService(), startService()]);
});
beforeEach(() => {
  for (const service of [first, second]) {
    service.asked.length = 0;
    service.answer = chatting('Hello', ', ', 'world');
  }
});
afterAll(() => Promise.all([first.close(), second.close()]));

const model = (fields: Partial<ChatG4FFields> = {}): ChatG4F =>
  new ChatG4F({
    model: 'model-1',
    client: {
      backends: [
        { id: 'one', baseURL: first.url },
        { id: 'two', baseURL: second.url },
      ],
      provider: ['one', 'two'],
      maxRetries: 0,
      env: {},
    },
    ...fields,
  });

/** The body of the last request to the first service. */
const sent = () => first.asked.at(-1)?.body ?? {};

const weather = tool(({ city }) => `20 degrees in ${city}`, {
  name: 'weather',
  description: 'Tells the weather.',
  schema: z.object({ city: z.string() }),
});

describe('an answer', () => {
  it('comes with its usage and who gave it', async () => {
    const answer = await model({ params: { temperature: 0.5 } }).invoke(
      [new SystemMessage('Be brief.'), new HumanMessage('Hi')],
      { stop: ['end'] },
    );
    expect(answer.text).toBe('Hello, world');
    expect(answer.usage_metadata).toMatchObject({ input_tokens: 3, output_tokens: 5, total_tokens: 8 });
    expect(answer.response_metadata).toMatchObject({
      provider: 'one',
      model_name: 'model-1',
      finish_reason: 'stop',
    });
    expect(sent()).toMatchObject({
      messages: [
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content: 'Hi' },
      ],
      temperature: 0.5,
      stop: ['end'],
    });
  });

  it('is given by the next provider where the first fails', async () => {
    first.answer = down;
    expect((await model().invoke('Hi')).response_metadata).toMatchObject({ provider: 'two' });
  });

  it('streams, and its chunks make the whole answer', async () => {
    const pieces: string[] = [];
    const stream = await model().stream('Hi', {
      callbacks: [{ handleLLMNewToken: (text) => void pieces.push(text) }],
    });
    const answer = await whole(stream);
    expect(answer.text).toBe('Hello, world');
    expect(pieces).toEqual(['Hello', ', ', 'world', '']);
    expect(answer.usage_metadata).toMatchObject({ input_tokens: 3, output_tokens: 5, total_tokens: 8 });
    expect(answer.response_metadata).toMatchObject({ provider: 'one', finish_reason: 'stop' });
  });

  it('passes through a chain', async () => {
    const chain = ChatPromptTemplate.fromTemplate('Say {word}').pipe(model()).pipe(new StringOutputParser());
    expect(await chain.invoke({ word: 'hello' })).toBe('Hello, world');
    expect(await chain.batch([{ word: 'a' }, { word: 'b' }])).toEqual(['Hello, world', 'Hello, world']);
    const texts: string[] = [];
    for await (const text of await chain.stream({ word: 'hello' })) texts.push(text);
    expect(texts.join('')).toBe('Hello, world');
  });

  it('of one model is never that of another from the cache', async () => {
    const cache = new InMemoryCache();
    await model({ cache }).invoke('Hi');
    await model({ cache }).invoke('Hi');
    expect(first.asked).toHaveLength(1);
    await model({ cache, model: 'model-2' }).invoke('Hi');
    await model({ cache, params: { seed: 1 } }).invoke('Hi');
    expect(first.asked).toHaveLength(3);
  });

  it('of one client is never that of another from the cache', async () => {
    const cache = new InMemoryCache();
    const backends = [
      { id: 'one', baseURL: `${first.url}?key=sk-secret` },
      { id: 'two', baseURL: second.url },
    ];
    const by = (provider: string) => model({ cache, client: { backends, provider, env: {} } });
    await by('one').invoke('Hi');
    await by('two').invoke('Hi');
    const row = { id: 'one', baseURL: second.url };
    await model({ cache, client: { backends: [row], provider: 'one', env: {} } }).invoke('Hi');
    expect([first.asked.length, second.asked.length]).toEqual([1, 2]);
    const there = () => new AsyncClient({ backends, provider: 'one', env: {} });
    const kept = there();
    for (const client of [kept, there(), kept]) await model({ cache, client }).invoke('Hi');
    expect(first.asked).toHaveLength(3);
    expect(JSON.stringify(by('one')._identifyingParams())).not.toContain('sk-secret');
  });

  it('that is a refusal is text, and told as a refusal', async () => {
    first.answer = saying([{ content: '', refusal: 'I ' }, { refusal: 'will not.' }]);
    for (const answer of [await model().invoke('Hi'), await whole(await model().stream('Hi'))]) {
      expect(answer.text).toBe('I will not.');
      expect(answer.additional_kwargs.refusal).toBe('I will not.');
    }
  });

  it('comes with its reasoning, which goes back with the next message', async () => {
    first.answer = saying([{ reasoning: 'Hm.' }, { reasoning: ' Yes.' }, { content: 'Hello' }]);
    const answer = await whole(await model().stream('Hi'));
    expect(answer.additional_kwargs.reasoning_content).toBe('Hm. Yes.');
    expect(answer.text).toBe('Hello');
    expect(toMessages([answer])).toEqual([{ role: 'assistant', content: 'Hello', reasoning: 'Hm. Yes.' }]);
  });
});

describe('tools', () => {
  it('are called, and their results go back', async () => {
    first.answer = saying(
      [calling('{"city":'), { tool_calls: [{ index: 0, function: { arguments: '"Oslo"}' } }] }],
      'tool_calls',
    );
    const asked = () => model().bindTools([weather], { tool_choice: 'any' });
    const ways = [
      () => asked().invoke('How warm is it?'),
      async () => whole(await asked().stream('How warm is it?')),
    ];
    for (const way of ways) {
      const answer = await way();
      expect(answer.tool_calls).toEqual([
        { type: 'tool_call', id: 'call_1', name: 'weather', args: { city: 'Oslo' } },
      ]);
      expect(sent()).toMatchObject({
        tool_choice: 'required',
        tools: [{ type: 'function', function: { name: 'weather', parameters: { required: ['city'] } } }],
      });
      const [call] = answer.tool_calls ?? [];
      if (call === undefined) throw new Error('there is no call');
      const result = await weather.invoke(call);
      expect(result).toBeInstanceOf(ToolMessage);
      await model().invoke([new HumanMessage('How warm is it?'), answer, result]);
      expect(sent().messages).toEqual([
        { role: 'user', content: 'How warm is it?' },
        {
          role: 'assistant',
          content: null,
          tool_calls: [
            { id: 'call_1', type: 'function', function: { name: 'weather', arguments: '{"city":"Oslo"}' } },
          ],
        },
        { role: 'tool', tool_call_id: 'call_1', content: '20 degrees in Oslo' },
      ]);
    }
  });

  it.each([
    ['was cut', '{"city":"Os', 'length'],
    ['was cut and is JSON all the same', '{"city":"Oslo"}', 'length'],
    ['is not JSON', '{"city":Oslo}', 'tool_calls'],
  ])('are not run by a call that %s', async (_, args, finish) => {
    first.answer = saying([calling(args)], finish);
    const bound = model().bindTools([weather]);
    for (const answer of [await bound.invoke('Hi'), await whole(await bound.stream('Hi'))]) {
      expect(answer.tool_calls).toEqual([]);
      expect(answer.invalid_tool_calls).toMatchObject([{ name: 'weather', args }]);
    }
  });
});

describe('structured output', () => {
  const City = z.object({ city: z.string() });

  it('is asked for by JSON Schema, and checked', async () => {
    first.answer = chatting('{"city":', '"Oslo"}');
    const structured = model().withStructuredOutput(City, { name: 'city' });
    expect(await structured.invoke('Hi')).toEqual({ city: 'Oslo' });
    expect(sent()).toMatchObject({
      response_format: { type: 'json_schema', json_schema: { name: 'city', schema: { required: ['city'] } } },
    });
    first.answer = chatting('{"town":"Oslo"}');
    await expect(structured.invoke('Hi')).rejects.toThrow(/city/);
  });

  it('is a call of a tool that is forced, where one asks for it', async () => {
    first.answer = saying([calling('{"city":"Oslo"}')], 'tool_calls');
    const structured = model().withStructuredOutput(City, {
      name: 'weather',
      method: 'functionCalling',
      includeRaw: true,
    });
    const { raw, parsed } = await structured.invoke('Hi');
    expect(parsed).toEqual({ city: 'Oslo' });
    expect(raw).toBeInstanceOf(AIMessage);
    expect(sent()).toMatchObject({ tool_choice: { type: 'function', function: { name: 'weather' } } });
  });
});

describe('structured output by a call', () => {
  it('is an error where the model calls nothing', async () => {
    first.answer = saying([{ content: 'I will not.' }]);
    const options = { name: 'weather', method: 'functionCalling' } as const;
    const schema = z.object({ city: z.string() });
    await expect(model().withStructuredOutput(schema, options).invoke('Hi')).rejects.toThrow(
      'the model did not call "weather"',
    );
    const raw = model().withStructuredOutput(schema, { ...options, includeRaw: true });
    expect(await raw.invoke('Hi')).toMatchObject({ parsed: null });
  });
});

describe('a failure', () => {
  it('is the error of the client', async () => {
    first.answer = down;
    second.answer = down;
    await expect(model().invoke('Hi')).rejects.toMatchObject({ name: 'G4FError', code: 'no-provider' });
    await expect(model().stream('Hi')).rejects.toMatchObject({ code: 'no-provider' });
  });

  it('of a stream that breaks off is thrown after what has come', async () => {
    first.answer = (response) => {
      events(
        response,
        `${chunks([{ content: 'Hello' }])
          .split('\n\n')
          .slice(0, 2)
          .join('\n\n')}\n\n`,
      );
      response.end();
    };
    const texts: string[] = [];
    const read = async () => {
      for await (const chunk of await model().stream('Hi')) texts.push(chunk.text);
    };
    await expect(read()).rejects.toMatchObject({ code: 'stream-truncated' });
    expect(texts).toEqual(['Hello']);
  });

  it.each([
    ['timeout', () => ({ timeout: 100 })],
    ['signal', () => ({ signal: AbortSignal.timeout(100) })],
  ])('is a timeout where the time of the %s is over, and leaves the service', async (_, options) => {
    const left: Promise<unknown>[] = [];
    first.answer = (response) => {
      left.push(new Promise((resolve) => response.on('close', () => resolve('left'))));
    };
    await expect(model().invoke('Hi', options())).rejects.toMatchObject({ code: 'timeout' });
    const read = async () => whole(await model().stream('Hi', options()));
    // LangChain's own, before the client's comes.
    await expect(read()).rejects.toMatchObject({ name: 'TimeoutError' });
    expect(await Promise.all(left)).toEqual(left.map(() => 'left'));
  });

  it('is that of an option that there is not', () => {
    const fields: object = { model: 'model-1', temperature: 0 };
    expect(() => Reflect.construct(ChatG4F, [fields])).toThrow('ChatG4F: there is no option "temperature".');
  });

  it('is an abort where the caller aborts', async () => {
    const leaving = new AbortController();
    const read = async () => {
      for await (const _ of await model().stream('Hi', { signal: leaving.signal })) leaving.abort();
    };
    await expect(read()).rejects.toThrow(/abort/i);
  });
});
