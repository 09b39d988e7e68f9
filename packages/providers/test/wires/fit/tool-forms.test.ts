// Tools as other APIs write them are functions at every wire; what is a service's own stays as it is.
import { describe, expect, it } from 'vitest';
import { loadWire, WIRE_NAMES } from '../../../src/provider/named-wire.ts';
import { encoded, TOOL } from '../encoded.ts';

const PARAMETERS = { type: 'object', properties: { at: { type: 'string' } }, required: ['at'] };
const BESIDE = { name: 'look', description: 'Looks' };
const WHOLE = { type: 'function', function: { ...BESIDE, parameters: PARAMETERS } };

const FORMS = {
  'of old functions': { ...BESIDE, parameters: PARAMETERS },
  'of OpenAI’s responses': { type: 'function', ...BESIDE, parameters: PARAMETERS },
  'of Anthropic': { ...BESIDE, input_schema: PARAMETERS },
  'of Anthropic, with its type': { type: 'custom', ...BESIDE, input_schema: PARAMETERS },
  'of MCP': { ...BESIDE, title: 'Look', inputSchema: PARAMETERS, annotations: { readOnlyHint: true } },
  'of Vercel’s providers': { type: 'function', ...BESIDE, inputSchema: PARAMETERS },
};

describe.each(WIRE_NAMES)('%s: a tool in the form', (name) => {
  it.each(Object.entries(FORMS))('%s', async (_, tool) => {
    const wire = await loadWire(name);
    const given = {
      tools: [tool as never],
      tool_choice: { type: 'function', function: { name: 'look' } },
    } as const;
    expect(encoded(wire, given)).toEqual(encoded(wire, { ...given, tools: [WHOLE as never] }));
  });

  it('of a service’s own stays as it is', async () => {
    const wire = await loadWire(name);
    for (const own of [
      { googleSearch: {} },
      { type: 'web_search', name: 'web_search' },
      { name: 'odd', about: 1 },
    ])
      expect(encoded(wire, { tools: [own as never] }).body.tools).toEqual([own]);
  });
});

it('what Anthropic takes besides goes along', async () => {
  const tool = { ...FORMS['of Anthropic'], cache_control: { type: 'ephemeral' } };
  const { body } = encoded(await loadWire('anthropic-messages'), { tools: [tool as never] });
  expect(body.tools).toEqual([tool]);
});

describe('Gemini’s declarations', () => {
  const tools = [
    { functionDeclarations: [{ name: 'look', parameters: { type: 'OBJECT' }, behavior: 'BLOCKING' }] },
    { function_declarations: [{ name: 'run' }] },
  ];

  it('go to Gemini as they are, beside other tools, and can be demanded', async () => {
    const given = { tools: [...tools, TOOL] as never, tool_choice: 'required' } as const;
    const { body } = encoded(await loadWire('gemini'), given);
    expect(body.tools.slice(1)).toEqual(tools);
    expect(body.tools[0].functionDeclarations[0].name).toBe('look');
    expect(body.toolConfig).toEqual({ functionCallingConfig: { mode: 'ANY' } });
    const alone = encoded(await loadWire('gemini'), { ...given, tools: tools as never });
    expect(alone.body).toMatchObject({ tools, toolConfig: { functionCallingConfig: { mode: 'ANY' } } });
  });

  it.each(WIRE_NAMES.filter((name) => name !== 'gemini'))('%s has none', async (name) => {
    const wire = await loadWire(name);
    for (const [at, tool] of tools.entries())
      expect(() => encoded(wire, { tools: [...Array(at).fill(TOOL), tool] as never })).toThrow(
        `tools[${at}]: a tool for each function, with type and function, was expected, got an object.`,
      );
  });
});
