// `tool_choice` in the steps of a run, with both clients.
import { describe, expect, it } from 'vitest';
import type { ToolRun } from '../../src/surface/programs.ts';
import { asked, CLIENTS, call } from './both-clients.ts';
import { calling, weather } from './tool-scripts.ts';

describe.each(CLIENTS)('%s', (_, { runTools }) => {
  const run = (params: object) => call<ToolRun>(runTools, params);

  it.each(['required', { type: 'function', function: { name: 'weather' } }])(
    'forces a call by %j once',
    async (tool_choice) => {
      const script = [calling('{"city":"Oslo"}'), { echo: true } as const];
      const { message } = await run({ ...asked(...script), tools: [weather()], tool_choice });
      expect(JSON.parse(message.content ?? '').tool_choice).toBe('auto');
    },
  );

  const allowed = (mode: string) => ({ type: 'allowed_tools', allowed_tools: { mode, tools: [] } });
  it.each([
    [allowed('required'), allowed('auto')],
    [{ type: 'none' }, { type: 'none' }],
  ])('keeps to what %j allows in every step', async (tool_choice, later) => {
    const script = asked(calling('{"city":"Oslo"}'), calling('{"city":"Rome"}'), { echo: true });
    const { message } = await run({ ...script, tools: [weather()], tool_choice });
    expect(JSON.parse(message.content ?? '').tool_choice).toEqual(later);
  });

  const named = (name: string) => ({ type: 'function', function: { name } });
  const list = (name: string) => ({
    type: 'allowed_tools',
    allowed_tools: { mode: 'auto', tools: [named(name)] },
  });
  const other = { type: 'function', function: { name: 'other', function: () => 1 } };
  it.each([
    ['none', 'none'],
    [{ type: 'none' }, 'none'],
    [named('other'), 'other'],
    [list('other'), 'other'],
  ])('runs no tool that %j excludes, emulated or not, and tells the model', async (tool_choice, only) => {
    const words = { content: JSON.stringify({ tool: 'weather', arguments: { city: 'Oslo' } }) };
    for (const emulate of [false, true, 'words']) {
      const ran: unknown[] = [];
      const step = emulate === false ? calling('{"city":"Oslo"}') : words;
      const { steps, message } = await run({
        ...asked(step, { content: 'Sorry.' }),
        tools: [weather(ran), other],
        tool_choice,
        emulate,
      });
      expect(ran).toEqual([]);
      expect(steps[0]?.results[0]?.content).toContain(`only these may be called now: ${only}.`);
      expect(message.content).toBe('Sorry.');
    }
  });

  it('runs what allowed_tools names', async () => {
    const ran: unknown[] = [];
    await run({
      ...asked(calling('{"city":"Oslo"}'), { content: 'Warm.' }),
      tools: [weather(ran), other],
      tool_choice: list('weather'),
    });
    expect(ran).toHaveLength(1);
  });
});
