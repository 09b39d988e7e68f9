// Makes a tool that can be run: its description for the model, and the function behind it.

import { G4FError } from '@g4f/core';
import { nearNames } from '@g4f/providers/options';
import { quote } from '../../errors/quote.ts';
import { wrong } from '../../options/check-option.ts';
import { isFields } from '../../options/plain-value.ts';
import { reading } from '../../options/unreadable.ts';
import type { GivenSchema, StandardSchema } from '../../surface/chat.ts';
import type { OutputOf } from '../../surface/programs.ts';
import type { RunnableTool, ToolContext } from '../../surface/runnable-tools.ts';

/** What a tool is made of. */
export interface ToolDefinition<S extends GivenSchema> {
  readonly name: string;
  /** What it does, for the model. */
  readonly description?: string;
  /** A schema of a library, by which arguments are checked before the tool runs; or a JSON Schema, which is only sent. */
  readonly parameters?: S;
  /** Whether the service must hold the model to the schema. */
  readonly strict?: boolean;
  /** Told to no model: whether `g4f --tool` asks before each call. `runTools` does not look at it; give it `approve`. */
  readonly destructive?: boolean;
  /** Does it. What it returns is sent to the model: a text as it is, anything else as JSON. In `Client` it returns no promise. */
  execute(args: ArgumentsOf<S>, context: ToolContext): unknown;
}

/** What a tool is called with. */
export type ArgumentsOf<S> = S extends StandardSchema ? OutputOf<S> : Readonly<Record<string, unknown>>;

const FIELDS: readonly string[] = ['name', 'description', 'parameters', 'strict', 'destructive', 'execute'];
/** Fields of other libraries, without capitals and underscores. */
const ELSEWHERE: ReadonlyMap<string, string> = new Map([
  ['inputschema', 'The schema of a tool is its parameters.'],
  ['needsapproval', 'Give approve to runTools, beside its tools: it is asked before each call.'],
]);

/**
 * A tool for `chat.completions.runTools`.
 * @throws G4FError `invalid-request` for what is no object, and for a field that a tool has not; what is in the others is checked with the run
 */
export const tool = <S extends GivenSchema = Readonly<Record<string, unknown>>>(
  definition: ToolDefinition<S>,
): RunnableTool => {
  const { execute, destructive, ...fn } = reading(definition, () => {
    if (!isFields(definition))
      throw wrong('tool()', 'given an object with name, parameters and execute', definition);
    checkFields(definition);
    return { ...definition };
  });
  const runnable: { execute(args: ArgumentsOf<S>, context: ToolContext): unknown } = { execute };
  return { type: 'function', function: fn, ...(destructive !== undefined && { destructive }), ...runnable };
};

/**
 * What is passed over would be believed: a schema under another name checks nothing, and a tool that needs approval runs without.
 * Undefined and null are not set.
 */
function checkFields(definition: object): void {
  for (const [name, value] of Object.entries(definition)) {
    if (value == null || FIELDS.includes(name)) continue;
    const [near] = nearNames(name, FIELDS, 1);
    const meant = near === undefined ? `There are ${FIELDS.join(', ')}.` : `Did you mean ${near}?`;
    const instead = ELSEWHERE.get(name.toLowerCase().replaceAll('_', '')) ?? meant;
    throw new G4FError(`tool() has no field ${quote(name)}. ${instead}`, { code: 'invalid-request' });
  }
}
