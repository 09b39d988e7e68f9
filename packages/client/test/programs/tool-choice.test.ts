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
});
