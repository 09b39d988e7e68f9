// What `tool()` makes a tool of, and what it refuses.
import { describe, expect, it } from 'vitest';
import { tool } from '../../src/programs/tools/tool.ts';

describe('tool', () => {
  it.each<[object, string]>([
    [{ inputSchema: {} }, 'tool() has no field "inputSchema". The schema of a tool is its parameters.'],
    [{ input_schema: {} }, 'tool() has no field "input_schema". The schema of a tool is its parameters.'],
    [{ parameter: {} }, 'tool() has no field "parameter". Did you mean parameters?'],
    [
      { needsApproval: true },
      'tool() has no field "needsApproval". Give approve to runTools, beside its tools: it is asked before each call.',
    ],
    [
      { run: () => 1 },
      'tool() has no field "run". There are name, description, parameters, strict, destructive, execute.',
    ],
  ])('makes no tool of what it does not know: %j', (field, message) => {
    const definition = { name: 'remove', execute: () => 1 };
    expect(() => tool({ ...definition, ...field })).toThrow(
      expect.objectContaining({ code: 'invalid-request', message }),
    );
    const unset = Object.keys(field).map((name) => [name, undefined]);
    expect(tool({ ...definition, ...Object.fromEntries(unset) })).toMatchObject({
      function: { name: 'remove' },
    });
  });
});
