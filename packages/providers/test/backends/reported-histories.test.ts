// Conversations that services were reported to refuse, because they came from elsewhere: each is sent as the service takes it.
import type { Message } from '@g4f/core';
import { describe, expect, it } from 'vitest';
import { sentTo } from './sent-to.ts';

const said = (value: object): Message => value as Message;
const user = (content: unknown): Message => said({ role: 'user', content });
const system = (content: unknown): Message => said({ role: 'system', content });
const assistant = (content: unknown, more: object = {}): Message =>
  said({ role: 'assistant', content, ...more });
const call = (id: string) => ({ id, type: 'function', function: { name: 'f', arguments: '{}' } });
const calls = (content: unknown = null, id = 'abcdefgh1'): Message =>
  assistant(content, { tool_calls: [call(id)] });
const result = (content: unknown, id = 'abcdefgh1'): Message =>
  said({ role: 'tool', tool_call_id: id, content });

/** Who says what, in the body that is sent. */
const turns = async (id: string, messages: readonly Message[]) => {
  const { body, warnings } = await sentTo(id, messages);
  const shown = body.messages.map(({ role, content }: { role: string; content: unknown }) => [role, content]);
  return { shown, warnings };
};

describe('what says nothing', () => {
  // https://github.com/BoltAI/BoltAI/issues/235 and https://github.com/CherryHQ/cherry-studio/issues/4941 (xAI),
  // https://github.com/earendil-works/pi/pull/3309 (Zhipu, MiniMax), https://github.com/coze-dev/coze-loop/issues/57 (Qwen),
  // https://github.com/lmstudio-ai/lmstudio-bug-tracker/issues/2 (LM Studio)
  it.each(['xai', 'zhipu', 'qwen', 'minimax', 'lmstudio'])(
    '%s: no blank instruction, and no blank question',
    async (id) => {
      const { shown } = await turns(id, [
        system(''),
        user('a'),
        assistant('b'),
        user(' \n'),
        assistant('c'),
        user('d'),
      ]);
      const texts = shown.map(([, content]: [string, string]) => content.trim());
      expect(texts).toEqual(['a', 'b', 'c', 'd']);
    },
  );

  it.each(['xai', 'zhipu', 'qwen', 'minimax', 'lmstudio'])(
    '%s: a question of a picture alone is no blank one',
    async (id) => {
      const picture = [{ type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA' } }];
      expect((await turns(id, [user(picture)])).shown).toEqual([['user', picture]]);
      expect((await turns(id, [user('')])).shown).toEqual([['user', '']]);
    },
  );

  it.each(['zhipu', 'qwen', 'minimax'])('%s: a blank question leaves somebody who asks', async (id) => {
    expect(await turns(id, [system('A'), user(' ')])).toEqual({
      shown: [['user', 'A']],
      warnings: [expect.stringContaining('instructions only')],
    });
    const { shown } = await turns(id, [system('A'), user(' '), assistant('b')]);
    expect(shown).toEqual([
      ['system', 'A'],
      ['user', 'Go on.'],
      ['assistant', 'b'],
    ]);
  });

  it.each(['xai', 'lmstudio'])('%s: a blank question is sent where there is no other', async (id) => {
    expect((await turns(id, [system('A'), user(' ')])).shown).toEqual([
      ['system', 'A'],
      ['user', ' '],
    ]);
  });

  // https://github.com/earendil-works/pi/pull/3309
  it.each(['zhipu', 'minimax', 'xai', 'qwen'])(
    '%s: a function that returned nothing has a word',
    async (id) => {
      const { shown } = await turns(id, [user('a'), calls(), result('')]);
      expect(shown.at(-1)).toEqual(['tool', 'There is no output.']);
    },
  );

  it.each([
    // https://github.com/langchain-ai/langchain/issues/34140
    ['xai', ''],
    // https://github.com/agentscope-ai/agentscope-java/issues/1270
    ['qwen', ''],
    // https://github.com/earendil-works/pi/issues/3365: these refuse the empty one
    ['zhipu', null],
    ['minimax', null],
    ['deepseek', null],
  ])('%s: the content beside calls is %j', async (id, content) => {
    for (const given of [null, '', []])
      expect((await turns(id, [user('a'), calls(given), result('r')])).shown[1]).toEqual([
        'assistant',
        content,
      ]);
  });

  // https://github.com/AstrBotDevs/AstrBot/issues/6447: thoughts of another model, and no words
  it('xAI: no message of thoughts alone', async () => {
    const thought = assistant([], { reasoning_content: 'hm' });
    expect((await turns('xai', [user('a'), thought, user('b')])).shown).toEqual([
      ['user', 'a'],
      ['user', 'b'],
    ]);
  });
});

describe('MiniMax', () => {
  // https://github.com/openclaw/openclaw/issues/19386, https://github.com/MiniMax-AI/MiniMax-M2/issues/27 and /issues/51
  it('is given one instruction, at the beginning', async () => {
    const { shown } = await turns('minimax', [
      system('A'),
      said({ role: 'developer', content: [{ type: 'text', text: 'B' }] }),
      user('a'),
      assistant('b'),
      system('C'),
      user('c'),
    ]);
    expect(shown).toEqual([
      ['system', 'A\n\nB\n\nC'],
      ['user', 'a'],
      ['assistant', 'b'],
      ['user', 'c'],
    ]);
  });

  // https://github.com/HCF-STUDIOS/openhermit/pull/257
  it('is spoken to in turns, a result right behind its call', async () => {
    const { shown } = await turns('minimax', [
      user('a'),
      calls(),
      assistant('wait'),
      result('r'),
      user('b'),
      user('c'),
    ]);
    expect(shown).toEqual([
      ['user', 'a'],
      ['assistant', null],
      ['tool', 'r'],
      ['assistant', 'wait'],
      ['user', 'b\n\nc'],
    ]);
  });

  it('is told who speaks where one does, and not that one said what others did', async () => {
    const by = (name: string, content: string): Message => said({ role: 'user', content, name });
    const named = async (...messages: readonly Message[]) => {
      const { body, warnings } = await sentTo('minimax', messages);
      return [body.messages, warnings];
    };
    expect(await named(by('Ann', 'a'), by('Ann', 'b'))).toEqual([
      [{ role: 'user', content: 'a\n\nb', name: 'Ann' }],
      [],
    ]);
    const warnings = [expect.stringContaining('without their names')];
    for (const others of [[by('Bob', 'b')], [user('b')], [user('b'), by('Ann', 'c')]]) {
      const content = ['a', ...others.map((one) => one.content)].join('\n\n');
      expect(await named(by('Ann', 'a'), ...others)).toEqual([[{ role: 'user', content }], warnings]);
    }
  });

  // https://github.com/QwenLM/qwen-code/issues/11834
  it('is given a schema for a tool that takes nothing', async () => {
    const { body } = await sentTo('minimax', [user('a')], {
      tools: [{ type: 'function', function: { name: 'cron_list' } }],
    });
    expect(body.tools[0].function.parameters).toEqual({ type: 'object', properties: {} });
  });

  // https://github.com/MiniMax-AI/MiniMax-M2/issues/76 and https://github.com/HKUDS/nanobot/issues/2373
  it('is given no result without its call, and no arguments that are no JSON', async () => {
    const cut = { ...call('c'), function: { name: 'f', arguments: '{path:"foo.txt"}' } };
    const { body } = await sentTo('minimax', [
      user('a'),
      assistant(null, { tool_calls: [cut] }),
      result('r', 'c'),
      result('s', 'gone'),
    ]);
    expect(body.messages.map(({ role }: { role: string }) => role)).toEqual([
      'user',
      'assistant',
      'tool',
      'user',
    ]);
    expect(JSON.parse(body.messages[1].tool_calls[0].function.arguments)).toEqual({
      arguments: '{path:"foo.txt"}',
    });
  });
});

// https://github.com/anomalyco/opencode/issues/2557 (Zhipu) and https://github.com/agentscope-ai/agentscope-java/issues/613 (Qwen)
describe.each(['zhipu', 'qwen'])('%s: where no user speaks', (id) => {
  it('instructions are what the user says', async () => {
    const { shown, warnings } = await turns(id, [system('A'), said({ role: 'developer', content: 'B' })]);
    expect([shown, warnings]).toEqual([
      [
        ['user', 'A'],
        ['user', 'B'],
      ],
      [expect.stringContaining('instructions only')],
    ]);
  });

  it('somebody asks first', async () => {
    const { shown, warnings } = await turns(id, [system('A'), calls(), result('r')]);
    expect(shown.map(([role]: [string]) => role)).toEqual(['system', 'user', 'assistant', 'tool']);
    expect(warnings).toEqual([expect.stringContaining('"Go on."')]);
  });
});

describe('DeepSeek', () => {
  // https://github.com/architects-toolkit/SmartHopper/issues/660, https://github.com/Gitlawb/openclaude/issues/878
  it('is given reasoning with every message after a call, though there be none', async () => {
    const { body } = await sentTo('deepseek', [user('a'), assistant('b'), calls(), result('r'), user('c')]);
    expect(body.messages.map(({ reasoning_content }: Record<string, unknown>) => reasoning_content)).toEqual([
      undefined,
      '',
      '',
      undefined,
      undefined,
    ]);
  });

  // https://github.com/decolua/9router/issues/773
  it('knows no developer', async () => {
    expect(
      (await turns('deepseek', [said({ role: 'developer', content: 'A' }), user('a')])).shown[0],
    ).toEqual(['system', 'A']);
  });
});

describe('ids of calls', () => {
  // https://github.com/run-llama/llama_index/pull/20207: Gemini's, which are empty
  it.each(['groq', 'deepseek', 'openai-responses'])('%s: two that have none are told apart', async (id) => {
    const two = assistant(null, { tool_calls: [call(''), call('')] });
    const { body } = await sentTo(id, [user('a'), two, result('r', ''), result('s', '')]);
    const items: Record<string, unknown>[] = body.messages ?? body.input;
    const given = items.flatMap((item) =>
      [...((item.tool_calls as { id: string }[] | undefined) ?? [])]
        .map((one) => one.id)
        .concat(item.type === 'function_call' ? String(item.call_id) : []),
    );
    const answered = items
      .flatMap((item) => [item.tool_call_id, item.type === 'function_call_output' ? item.call_id : undefined])
      .filter(Boolean);
    expect(new Set(given).size).toBe(2);
    expect(answered).toEqual(given);
  });
});
