// A choice that demands a call needs a tool that can be called: without one no service can carry it out.
import { describe, expect, it } from 'vitest';
import { loadWire, WIRE_NAMES } from '../../../src/provider/named-wire.ts';
import { sentTo } from '../../backends/sent-to.ts';
import { encoded, TOOL, user } from '../encoded.ts';

const NAMED = { type: 'function', function: { name: 'look' } } as const;
const CUSTOM = { type: 'custom', custom: { name: 'look' } } as never;
/** What comes of it, or the error. */
const made = async (name: (typeof WIRE_NAMES)[number], given: object) => {
  const wire = await loadWire(name);
  return () => encoded(wire, given);
};
const NONE_ALLOWED = { type: 'allowed_tools', allowed_tools: { mode: 'required', tools: [] } } as const;

describe.each(WIRE_NAMES)('%s: a choice without a tool', (name) => {
  it.each([
    [
      'required',
      {},
      /^tool_choice: "auto" or "none" where no tool is sent was expected, got the string "required"\.$/,
    ],
    ['any', { tools: [] }, /^tool_choice: "auto" or "none"/],
    [NAMED, {}, /^tool_choice: the name of one of the tools was expected, got the string "look"\.$/],
    [
      { type: 'function', function: { name: 'run' } },
      { tools: [TOOL] },
      /^tool_choice: the name of one of the tools was expected, got the string "run"/,
    ],
  ])('%j is refused', async (tool_choice, more, message) => {
    expect(await made(name, { ...more, tool_choice })).toThrow(
      expect.objectContaining({ code: 'invalid-request', message: expect.stringMatching(message) }),
    );
  });

  it.each(['auto', 'none'])('%s is left out silently', async (tool_choice) => {
    const { body, warnings } = (await made(name, { tool_choice }))();
    expect(body).toEqual((await made(name, {}))().body);
    expect(warnings).toEqual([]);
  });

  it('a tool of a service’s own may be what is to be called', async () => {
    for (const tool_choice of ['required', NAMED])
      expect(await made(name, { tools: [{ googleSearch: {} }], tool_choice })).not.toThrow();
  });
});

describe('tools that are not in the list', () => {
  it.each(WIRE_NAMES.filter((name) => name !== 'openai-responses'))(
    '%s: one that is not sent there cannot be demanded',
    async (name) => {
      expect(await made(name, { tools: [TOOL], tool_choice: NONE_ALLOWED })).toThrow(
        /^tool_choice: "auto" or "none"/,
      );
      expect(await made(name, { tools: [CUSTOM], tool_choice: 'required' })).toThrow(
        /^tool_choice: "auto" or "none"/,
      );
      expect(
        await made(name, { tools: [CUSTOM, { ...TOOL, function: { name: 'b' } }], tool_choice: NAMED }),
      ).toThrow(/^tool_choice: the name of one of the tools/);
    },
  );

  it('OpenAI has tools of free text, which can be demanded', async () => {
    const { body } = await sentTo('openai', [user('hi')], { tools: [CUSTOM], tool_choice: 'required' });
    expect(body.tool_choice).toBe('required');
  });

  it('a search that the service is sent as a tool can be demanded', async () => {
    const search = { web_search_options: {}, tool_choice: 'required' } as const;
    const [claude, responses] = [await loadWire('anthropic-messages'), await loadWire('openai-responses')];
    expect(encoded(claude, search).body.tool_choice).toEqual({ type: 'any' });
    expect(encoded(responses, search).body.tool_choice).toBe('required');
  });

  it('so can what a prompt kept at OpenAI brings', async () => {
    const given = { prompt: { id: 'pmpt_1' }, tool_choice: 'required' } as const;
    const { body } = encoded(await loadWire('openai-responses'), given);
    expect(body).toMatchObject(given);
  });
});
