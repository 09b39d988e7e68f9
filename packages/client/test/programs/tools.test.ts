// `chat.completions.runTools`: tools run with checked arguments or not at all, and the model hears of everything; with both clients.
import type { G4FError, ToolCall } from '@g4f/core';
import { describe, expect, it } from 'vitest';
import { tool } from '../../src/programs/tools/tool.ts';
import type { ToolRun, ToolStep } from '../../src/surface/programs.ts';
import { failureOf } from '../fake-provider.ts';
import { asked, CLIENTS, call } from './both-clients.ts';
import { City, calling, done, weather } from './tool-scripts.ts';

describe.each(CLIENTS)('%s', (_, { create, runTools }) => {
  const run = (params: object) => call<ToolRun>(runTools, params);
  const failed = (params: object): Promise<G4FError> => failureOf(() => run(params));
  const told = ({ steps }: ToolRun): unknown[] =>
    steps.flatMap(({ results }) => results.map(({ content }) => JSON.parse(content)));

  it('runs what the model calls, gives it the results, and ends with its answer', async () => {
    const ran: unknown[] = [];
    const steps: ToolStep[] = [];
    const result = await run({
      ...asked(calling('{"city":"Oslo"}', '{"city":"Rome","days":2}'), done),
      tools: [weather(ran)],
      onStep: (step: ToolStep) => {
        steps.push(step);
      },
    });
    expect(ran).toEqual([
      { city: 'Oslo', days: 1 },
      { city: 'Rome', days: 2 },
    ]);
    expect(result).toMatchObject({ stopReason: 'stop', message: { content: 'It is warm.' }, steps });
    expect(result.messages.map(({ role }) => role)).toEqual([
      'user',
      'assistant',
      'tool',
      'tool',
      'assistant',
    ]);
    expect(result.messages[2]).toEqual({
      role: 'tool',
      tool_call_id: 'call-0',
      content: '{"city":"Oslo","degrees":20}',
    });
    expect(steps[0]?.results[1]).toMatchObject({
      arguments: { city: 'Rome', days: 2 },
      value: { degrees: 20 },
    });
    expect(result.usage).toEqual({
      prompt_tokens: 10,
      completion_tokens: 4,
      total_tokens: 14,
      prompt_tokens_details: { cached_tokens: 2 },
    });
  });

  it('sends the tools without their functions, and no parameter of its own', async () => {
    const { message } = await run({
      ...asked({ echo: true }),
      tools: [weather()],
      maxSteps: 4,
      concurrency: 2,
    });
    const request = JSON.parse(message.content ?? '');
    expect(request.tools).toMatchObject([
      {
        type: 'function',
        function: { name: 'weather', description: 'Tells the weather.', parameters: { required: ['city'] } },
      },
    ]);
    expect(Object.keys(request).sort()).toEqual(['messages', 'model', 'stream', 'tools']);
  });

  it('never runs arguments that are not whole or do not fit, nor a tool that is not there', async () => {
    const ran: unknown[] = [];
    const tools = [weather(ran)];
    const result = await run({
      ...asked(calling('{"city":"Os', '{"city":5}', '["Oslo"]', '{}'), done),
      tools,
    });
    expect(told(result)).toEqual([
      { error: 'The tool was not run: arguments: it is not JSON.' },
      { error: 'The tool was not run: arguments.city: Invalid input: expected string, received number.' },
      { error: 'The tool was not run: arguments: an object was expected.' },
      { error: 'The tool was not run: arguments.city: Invalid input: expected string, received undefined.' },
    ]);
    const unknown = await run({ ...asked({ calls: [['1', 'rm', '{}']] }, done), tools });
    expect(told(unknown)).toEqual([{ error: 'There is no such tool. There are: weather.' }]);
    expect(ran).toEqual([]);
  });

  it.each(['length', 'content_filter'])(
    'never runs the calls of an answer that ended by %s, though they be JSON',
    async (finish) => {
      const ran: unknown[] = [];
      const result = await run({
        ...asked({ ...calling('{"city":"Oslo"}'), finish }, done),
        tools: [weather(ran)],
      });
      expect(ran).toEqual([]);
      expect(told(result)).toEqual([
        { error: 'The answer with this call was cut, so the tool was not run.' },
      ]);
      expect(result.stopReason).toBe(finish === 'length' ? 'stop' : finish);
    },
  );

  it('runs a tool without arguments when the model writes none', async () => {
    const now = tool({ name: 'now', execute: () => 'noon' });
    const result = await run({ ...asked({ calls: [['1', 'now', '']] }, done), tools: [now] });
    expect(result.messages[2]).toMatchObject({ content: 'noon' });
  });

  it.each<[string, () => unknown, unknown]>([
    [
      'throws',
      () => {
        throw new TypeError('no sk-abcdefghijklmnopqrstuvwx');
      },
      { error: 'TypeError: no sk-…' },
    ],
    [
      'throws no error',
      () => {
        throw 'oh';
      },
      { error: 'oh' },
    ],
    [
      'returns a cycle',
      () => {
        const cycle: Record<string, unknown> = {};
        cycle.self = cycle;
        return cycle;
      },
      { error: 'The tool was run, but what it returned cannot be written as JSON.' },
    ],
    ['returns nothing', () => undefined, null],
    ['returns a number', () => 5, 5],
  ])('tells the model of a tool that %s', async (_name, execute, content) => {
    const odd = tool({ name: 'odd', execute });
    const result = await run({ ...asked({ calls: [['1', 'odd', '{}']] }, done), tools: [odd] });
    expect(result.stopReason).toBe('stop');
    const [given] = told(result);
    if (
      typeof content === 'object' &&
      content !== null &&
      'error' in content &&
      String(content.error).startsWith('TypeError')
    )
      expect(JSON.stringify(given)).toMatch(/TypeError: no/);
    else expect(given).toEqual(content);
    expect(JSON.stringify(given)).not.toContain('abcdefghijklmnop');
  });

  it('asks before each call whether it may run, and tells the model if not', async () => {
    const ran: unknown[] = [];
    const asking: unknown[] = [];
    const result = await run({
      ...asked(calling('{"city":"Oslo"}', '{"city":"Rome"}'), done),
      tools: [weather(ran)],
      approve({ id }: ToolCall, args: unknown) {
        asking.push([id, args]);
        return id === 'call-1';
      },
    });
    expect(asking).toEqual([
      ['call-0', { city: 'Oslo', days: 1 }],
      ['call-1', { city: 'Rome', days: 1 }],
    ]);
    expect(ran).toEqual([{ city: 'Rome', days: 1 }]);
    expect(told(result)[0]).toEqual({ error: 'The user did not allow this call.' });
  });

  it('ends after maxSteps, with a conversation that can go on', async () => {
    const script = [1, 2, 3, 4].map((at) => calling(`{"city":"${at}"}`));
    const result = await run({ ...asked(...script), tools: [weather()], maxSteps: 2 });
    expect(result).toMatchObject({ stopReason: 'max-steps', steps: { length: 2 } });
    expect(result.messages.at(-1)).toMatchObject({ role: 'tool' });
    const further = await run({
      ...asked(...script.slice(0, 2), done),
      messages: result.messages,
      tools: [weather()],
    });
    expect(further).toMatchObject({ stopReason: 'stop', steps: { length: 1 } });
  });

  it('ends when a call is repeated and nothing changes, and not while its result does', async () => {
    const again = calling('{"city":"Oslo"}');
    const result = await run({ ...asked(again), tools: [weather()] });
    expect(result).toMatchObject({ stopReason: 'repeated-calls', steps: { length: 3 } });
    let looks = 0;
    const look = tool({ name: 'weather', execute: () => (looks += 1) });
    expect(await run({ ...asked(again), tools: [look], maxSteps: 7 })).toMatchObject({
      stopReason: 'max-steps',
    });
    expect(await run({ ...asked(again), tools: [weather()], maxRepeats: 0, maxSteps: 5 })).toMatchObject({
      stopReason: 'max-steps',
    });
    // Three in one step know nothing of each other.
    const thrice = calling('{"city":"Oslo"}', '{"city":"Oslo"}', '{"city":"Oslo"}');
    expect(await run({ ...asked(thrice, done), tools: [weather()] })).toMatchObject({ stopReason: 'stop' });
  });

  it.each(['approve', 'onStep'])('throws unchanged what %s throws', async (name) => {
    const mine = new RangeError('mine');
    const params = { ...asked(calling('{"city":"Oslo"}'), done), tools: [weather()] };
    await expect(
      run({
        ...params,
        [name]() {
          throw mine;
        },
      }),
    ).rejects.toBe(mine);
  });

  it("takes the tools of OpenAI's library", async () => {
    const ran: unknown[] = [];
    const plain = {
      type: 'function',
      function: {
        function: function add({ a, b }: { readonly a: number; readonly b: number }) {
          ran.push([a, b]);
          return String(a + b);
        },
        parse: JSON.parse,
        parameters: { type: 'object', properties: {} },
      },
    };
    const byHelper = Object.defineProperties(
      { type: 'function', function: { name: 'weather', strict: true, parameters: { type: 'object' } } },
      {
        $parseRaw: { value: (text: string) => City.parse(JSON.parse(text)) },
        $callback: { value: (args: unknown) => ran.push(args) && 'warm' },
      },
    );
    const calls = [
      ['1', 'add', '{"a":1,"b":2}'] as const,
      ['2', 'weather', '{"city":"Oslo"}'] as const,
      ['3', 'weather', '{}'] as const,
    ];
    const result = await run({ ...asked({ calls }, done), tools: [plain, byHelper] });
    expect(ran).toEqual([[1, 2], { city: 'Oslo', days: 1 }]);
    expect(result.messages.slice(2, 5).map(({ content }) => content)).toEqual([
      '3',
      'warm',
      '{"error":"The tool was not run: arguments: they do not fit the schema."}',
    ]);
  });

  it('says who runs tools where create() is given one', async () => {
    const params = { ...asked({ content: 'x' }), tools: [weather()] };
    const refused = await failureOf(() => call(create, params));
    expect(refused.message).toBe(
      'tools[0].execute: plain data was expected, got a function. runTools runs such tools.',
    );
  });

  it.each<[object, string]>([
    [{ tools: [] }, 'tools: a list of tools was expected, at least one, got an empty list.'],
    [{ tools: undefined }, 'tools: a list of tools was expected, at least one, got undefined.'],
    [
      { tools: [{ type: 'function', function: { name: 'f' } }] },
      'tools[0].execute: the function of the tool was expected, got undefined.',
    ],
    [
      { tools: [weather(), weather()] },
      'tools[1]: another name was expected, for two tools are called, got "weather".',
    ],
    [{ maxSteps: 0 }, 'maxSteps must be a whole number, 1 or more; it is 0.'],
    [{ maxSteps: 1.5 }, 'maxSteps must be a whole number, 1 or more; it is 1.5.'],
    [{ concurrency: 0 }, 'concurrency must be a whole number, 1 or more; it is 0.'],
    [{ approve: true }, 'approve must be a function; it is true.'],
    [{ n: 2 }, 'n must be 1, because tools are run for one answer; it is 2.'],
    [{ max_steps: 3 }, 'runTools: there is no parameter "max_steps". Did you mean maxSteps?'],
    [{ messages: null }, 'messages: a string or a list of at least one message was expected, got null.'],
    [{ signal: 5 }, 'signal must be an AbortSignal; it is 5.'],
  ])('refuses %#', async (params, message) => {
    const error = await failed({ ...asked(done), tools: [weather()], ...params });
    expect(error).toMatchObject({ code: 'invalid-request', message });
  });
});

it('types arguments by the schema', () => {
  const typed = tool({
    name: 'typed',
    parameters: City,
    execute({ city, days }) {
      const sum: number = days + city.length;
      // @ts-expect-error a number is no text
      const wrong: string = days;
      return [sum, wrong];
    },
  });
  expect(typed.function.name).toBe('typed');
});
