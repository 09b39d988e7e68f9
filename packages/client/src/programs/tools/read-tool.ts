// The tools of a run in one form, whichever form they were given in.
import { G4FError } from '@g4f/core';
import { quote } from '../../errors/quote.ts';
import { type Fields, isFields } from '../../options/plain-value.ts';
import type { GivenTool } from '../../surface/chat.ts';
import type { ToolContext } from '../../surface/runnable-tools.ts';
import type { Program } from '../running/program.ts';
import { type Checked, checked, checkerOf, fieldOf, readJson } from '../running/validate.ts';

/** A tool, ready to run. */
export interface ReadyTool {
  readonly name: string;
  readonly sent: GivenTool;
  /** Reads the arguments that the model wrote. */
  read(text: string): Program<Checked>;
  run(args: unknown, context: ToolContext): unknown;
}

/** By their names. @throws G4FError `invalid-request` for what is no tool that can be run. */
export const readTools = (given: unknown): ReadonlyMap<string, ReadyTool> => {
  if (!Array.isArray(given) || given.length === 0)
    throw wrong('tools', 'a list of tools was expected, at least one', given);
  const tools = new Map<string, ReadyTool>();
  given.forEach((one: unknown, at) => {
    const ready = readTool(one, `tools[${at}]`);
    if (tools.has(ready.name))
      throw wrong(`tools[${at}]`, 'another name was expected, for two tools are called', ready.name);
    tools.set(ready.name, ready);
  });
  return tools;
};

function readTool(given: unknown, path: string): ReadyTool {
  const fn = fieldOf(given, 'function');
  if (!isFields(fn))
    throw wrong(path, 'a tool was expected: make it by tool({ name, parameters, execute })', given);
  const { function: own, parse, ...described } = fn;
  const run = [fieldOf(given, 'execute'), own, fieldOf(given, '$callback')].find(isFunction);
  if (run === undefined)
    throw wrong(`${path}.execute`, 'the function of the tool was expected', fieldOf(given, 'execute'));
  const name = described.name ?? (run === own ? run.name : undefined);
  if (typeof name !== 'string' || name === '')
    throw wrong(`${path}.function.name`, 'the name of the tool was expected', name);
  return {
    name,
    sent: { type: 'function', function: { ...described, name } },
    read: readerOf(given, described, [fieldOf(given, '$parseRaw'), parse].find(isFunction), name),
    run: (args, context) => run.call(given, args, context),
  };
}

function readerOf(
  given: unknown,
  { parameters }: Fields,
  parse: Callable | undefined,
  name: string,
): ReadyTool['read'] {
  const check = checkerOf(parameters);
  return function* read(text) {
    // Many models write nothing where there are no arguments.
    const json = readJson(text.trim() === '' ? '{}' : text, 'arguments');
    if ('wrong' in json) return json;
    if (!isFields(json.value)) return { wrong: 'arguments: an object was expected' };
    if (parse !== undefined) return parsed(() => parse.call(given, text));
    if (check === undefined) return json;
    return yield* checked(check, json.value, 'arguments', `the tool ${quote(name)}`);
  };
}

/** By OpenAI's helpers, which throw. */
function parsed(parse: () => unknown): Checked {
  try {
    return { value: parse() };
  } catch {
    return { wrong: 'arguments: they do not fit the schema' };
  }
}

type Callable = (...given: unknown[]) => unknown;

const isFunction = (value: unknown): value is Callable => typeof value === 'function';

const wrong = (path: string, expected: string, got: unknown): G4FError =>
  new G4FError(`${path}: ${expected}, got ${quote(got)}.`, { code: 'invalid-request' });
