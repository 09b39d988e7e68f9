// `runTools` with `emulate`: tools in words, for models that know none; checked and run as any others, with both clients.
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { tool } from '../../src/programs/tools/tool.ts';
import type { ToolRun } from '../../src/surface/programs.ts';
import { failureOf } from '../fake-provider.ts';
import { asked, CLIENTS, call, type ScriptStep } from './both-clients.ts';
import { weather } from './tool-scripts.ts';

const calls = (args: unknown, name = 'weather'): ScriptStep => ({
  content: JSON.stringify({ tool: name, arguments: args }),
});
const answers = (answer: string): ScriptStep => ({ content: JSON.stringify({ answer }) });

/** What the provider was sent, where its answer is an echo. */
const echoed = ({ message }: ToolRun) => JSON.parse(message.content ?? '');

describe.each(CLIENTS)('%s', (_, { runTools }) => {
  const run = (params: object) => call<ToolRun>(runTools, { emulate: true, ...params });

  it('runs the call that the model writes, and ends with its answer', async () => {
    const ran: unknown[] = [];
    const result = await run({
      ...asked(calls({ city: 'Oslo' }), answers('It is warm.')),
      tools: [weather(ran)],
    });
    expect(ran).toEqual([{ city: 'Oslo', days: 1 }]);
    expect(result).toMatchObject({
      stopReason: 'stop',
      message: { role: 'assistant', content: 'It is warm.' },
    });
    expect(result.messages).toMatchObject([
      { role: 'user', content: 'hello' },
      {
        role: 'assistant',
        content: null,
        tool_calls: [{ id: 'call_1', function: { name: 'weather', arguments: '{"city":"Oslo"}' } }],
      },
      { role: 'tool', tool_call_id: 'call_1', content: '{"city":"Oslo","degrees":20}' },
      { role: 'assistant', content: 'It is warm.' },
    ]);
    expect(result.steps[0]?.answer.choices[0]?.finish_reason).toBe('tool_calls');
  });

  it('describes the tools, sends the form of the answer, and none of the parameters of tools', async () => {
    const sent = echoed(
      await run({ ...asked({ echo: true }), tools: [weather()], parallel_tool_calls: false }),
    );
    expect(Object.keys(sent).sort()).toEqual(['messages', 'model', 'response_format', 'stream']);
    const [system, user] = sent.messages;
    expect(system.role).toBe('system');
    expect(system.content).toContain('{"name":"weather","description":"Tells the weather.","parameters":{');
    expect(user).toEqual({ role: 'user', content: 'hello' });
    const { schema } = sent.response_format.json_schema;
    expect(schema.anyOf).toMatchObject([
      { properties: { tool: { const: 'weather' }, arguments: { required: ['city'] } } },
      { properties: { answer: { type: 'string' } } },
    ]);
  });

  it('sends words alone where that is asked for', async () => {
    const sent = echoed(await run({ ...asked({ echo: true }), tools: [weather()], emulate: 'words' }));
    expect(sent.response_format).toBeUndefined();
    expect(sent.messages[0].content).toContain('"name":"weather"');
  });

  it('tells the model in words what its tools gave, and what was called before', async () => {
    const sent = echoed(await run({ ...asked(calls({ city: 'Oslo' }), { echo: true }), tools: [weather()] }));
    expect(sent.messages.slice(1)).toEqual([
      { role: 'user', content: 'hello' },
      { role: 'assistant', content: '{"tool":"weather","arguments":{"city":"Oslo"}}' },
      { role: 'user', content: 'The result of the tool: {"city":"Oslo","degrees":20}' },
    ]);
  });

  it.each([
    ['has arguments that do not fit', calls({ city: 7 }), /city/],
    ['has no arguments', { content: '{"tool":"weather"}' }, /city/],
    ['has arguments that are no object', calls('Oslo'), /an object was expected/],
    ['names no tool that there is', calls({}, 'wether'), /There is no such tool/],
    ['was cut', { ...calls({ city: 'Oslo' }), finish: 'length' }, /was cut/],
  ])('runs no tool where a call %s, and tells the model', async (__, step, why) => {
    const ran: unknown[] = [];
    const { steps } = await run({ ...asked(step, answers('Sorry.')), tools: [weather(ran)] });
    expect(ran).toEqual([]);
    expect(steps[0]?.results[0]?.content).toMatch(why);
  });

  it.each([
    ['says something in words', 'It is warm.', 'It is warm.'],
    ['writes its JSON in a code fence', '```json\n{"answer":"It is warm."}\n```', 'It is warm.'],
    ['writes other JSON', '{"warm":true}', '{"warm":true}'],
    ['breaks off in its JSON', '{"tool":"weather","arg', '{"tool":"weather","arg'],
  ])('takes it as the answer where a model %s', async (__, content, told) => {
    const { message, stopReason } = await run({ ...asked({ content }), tools: [weather()] });
    expect([message.content, stopReason]).toEqual([told, 'stop']);
  });

  it('asks for what tool_choice leaves', async () => {
    const other = tool({ name: 'other', execute: () => 1 });
    const formOf = async (tool_choice: unknown) => {
      const sent = echoed(await run({ ...asked({ echo: true }), tools: [weather(), other], tool_choice }));
      const { anyOf } = sent.response_format.json_schema.schema;
      return anyOf.map(
        ({ properties }: { properties: Record<string, { const?: string }> }) =>
          properties.tool?.const ?? 'answer',
      );
    };
    expect(await formOf('auto')).toEqual(['weather', 'other', 'answer']);
    expect(await formOf('none')).toEqual(['answer']);
    expect(await formOf('required')).toEqual(['weather', 'other']);
    const named = { type: 'function', function: { name: 'other' } };
    expect(await formOf(named)).toEqual(['other']);
    expect(await formOf({ type: 'allowed_tools', allowed_tools: { mode: 'auto', tools: [named] } })).toEqual([
      'other',
      'answer',
    ]);
  });

  it('keeps the references of a schema that contains itself', async () => {
    const Tree = z.object({
      name: z.string(),
      get children() {
        return z.array(Tree);
      },
    });
    const plant = tool({ name: 'plant', parameters: z.object({ tree: Tree }), execute: () => 'planted' });
    const sent = echoed(await run({ ...asked({ echo: true }), tools: [weather(), plant] }));
    const { schema } = sent.response_format.json_schema;
    const refs = [...JSON.stringify(schema).matchAll(/"\$ref":"#([^"]*)"/g)].map(([, path = '']) => path);
    expect(refs.length).toBeGreaterThan(0);
    for (const path of refs) {
      const found = path
        .split('/')
        .slice(1)
        .reduce((at, name) => at?.[name], schema);
      expect(found).toMatchObject({ type: 'object' });
    }
  });

  it.each([
    ['in pieces', ['{"ans', 'wer": "It ', 'is \\"wa', 'rm\\"."', '}'], 'It is "warm".'],
    ['in a code fence', ['```json\n{"answer":', '"Warm."}\n```'], 'Warm.'],
    ['in words', ['It is ', 'warm.'], 'It is warm.'],
    ['as other JSON', ['{"warm"', ':true}'], '{"warm":true}'],
  ])('streams the text of an answer that comes %s, and of a call nothing', async (__, pieces, text) => {
    const params = {
      ...asked(calls({ city: 'Oslo' }), { pieces }),
      tools: [weather()],
      emulate: true,
      stream: true,
    };
    const stream = Reflect.apply(runTools, undefined, [params]);
    let words = '';
    for await (const chunk of stream) words += chunk.choices[0]?.delta.content ?? '';
    expect(words).toBe(text);
    const { message } = await stream.result();
    expect(message.content).toBe(text);
  });

  it.each([
    ['was cut', ['{"answer": "Hel', 'lo wor'], 'length', 'Hello wor'],
    ['was cut in a code fence', ['```json\n{"answer": "Hel', 'lo wor'], 'length', 'Hello wor'],
    ['has words after it', ['{"answer":"Hello', ' world"}', '\n\nHope this helps!'], 'stop', 'Hello world'],
  ])('gives the text alone of an answer that %s, streamed and whole', async (__, pieces, finish, text) => {
    const params = { ...asked({ pieces, finish } as ScriptStep), tools: [weather()], emulate: true };
    let words = '';
    for await (const chunk of Reflect.apply(runTools, undefined, [{ ...params, stream: true }]))
      words += chunk.choices[0]?.delta.content ?? '';
    expect(words).toBe(text);
    const whole = { ...asked({ content: pieces.join(''), finish } as ScriptStep), tools: [weather()] };
    expect((await run(whole)).message.content).toBe(text);
  });

  it('refuses a response_format beside its own, and leaves it where only words ask', async () => {
    const params = { tools: [weather()], response_format: { type: 'json_object' } };
    expect(await failureOf(() => run({ ...asked(), ...params }))).toMatchObject({
      code: 'invalid-request',
      message: expect.stringMatching(/emulate: true.*response_format/),
    });
    const sent = echoed(await run({ ...asked({ echo: true }), ...params, emulate: 'words' }));
    expect(sent.response_format).toEqual({ type: 'json_object' });
  });

  it('shows text before all of it has come', async () => {
    const params = {
      ...asked({ pieces: ['{"answer":"It ', 'is', ' warm."}'] }),
      tools: [weather()],
      emulate: true,
      stream: true,
    };
    const texts: string[] = [];
    for await (const chunk of Reflect.apply(runTools, undefined, [params]))
      texts.push(chunk.choices[0]?.delta.content ?? '');
    expect(texts.filter((text) => text !== '')).toEqual(['It ', 'is', ' warm.']);
  });

  it('refuses another value, and a slip', async () => {
    expect(await failureOf(() => run({ ...asked(), tools: [weather()], emulate: 'prompt' }))).toMatchObject({
      code: 'invalid-request',
      message: expect.stringContaining('emulate'),
    });
    expect(await failureOf(() => run({ ...asked(), tools: [weather()], emulat: true }))).toMatchObject({
      message: expect.stringContaining('Did you mean emulate?'),
    });
  });
});
