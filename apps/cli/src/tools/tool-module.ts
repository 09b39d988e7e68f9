// Tools of a person's own: what a JavaScript module exports.
import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type RunnableTool, tool } from '@g4f/client';
import { messageOf } from '../failure/exit-code.ts';
import { UsageError } from '../failure/usage-error.ts';

/** A tool of a module. */
export interface ModuleTool {
  readonly runnable: RunnableTool;
  /** It may destroy or change something: the module says so. */
  readonly isDestructive: boolean;
}

const FORM =
  'export const weather = { description, parameters, execute }, its parameters a JSON Schema or a schema of zod';

/**
 * The tools that a module exports: each export that is a plain object with a function `execute`, or what `tool` of `@g4f/client` makes,
 * and those in exported lists. A tool without a name is called by the name of its export.
 *
 * @throws UsageError where there is no such file, it cannot be run, or exports no tool.
 */
export const readToolModule = async (path: string): Promise<readonly ModuleTool[]> => {
  const file = resolve(path);
  if (statSync(file, { throwIfNoEntry: false })?.isFile() !== true)
    throw new UsageError(`--tool ${path}: there is no such file`);
  let exported: object;
  try {
    exported = await import(pathToFileURL(file).href);
  } catch (error) {
    throw new UsageError(`--tool ${path}: the module cannot be run: ${messageOf(error)}`);
  }
  const tools = Object.entries(exported).flatMap(([name, value]) =>
    [value].flat().flatMap((one: unknown) => toolsOf(one, name, path)),
  );
  if (tools.length === 0) throw new UsageError(`--tool ${path}: it exports no tool. Write ${FORM}`);
  return tools;
};

/** One, or none where the value is something else. @throws UsageError for a mark that says neither yes nor no. */
function toolsOf(value: unknown, exportName: string, path: string): readonly ModuleTool[] {
  if (typeof value !== 'object' || value === null) return [];
  const { execute, name = exportName, description, parameters, destructive } = Object(value);
  if (typeof execute !== 'function') return [];
  if (isRunnable(value)) return [markedRunnable(value, path)];
  const isDestructive = readMark(destructive, String(name), path);
  const runnable = tool({
    name: String(name),
    ...(description !== undefined && { description: String(description) }),
    ...(parameters !== undefined && { parameters }),
    execute: (args, context) => execute.call(value, args, context),
  });
  return [{ runnable, isDestructive }];
}

/** The mark may stand in what the model is told, which it is not for: `tool` of older versions put it there. */
function markedRunnable(value: RunnableTool, path: string): ModuleTool {
  const { destructive: inner, ...told }: RunnableTool['function'] & { readonly destructive?: unknown } =
    value.function;
  const { destructive: outer }: { readonly destructive?: unknown } = Object(value);
  const marks = [outer, inner].map((mark) => readMark(mark, told.name, path));
  const runnable: RunnableTool = {
    type: 'function',
    function: told,
    execute: (args, context) => value.execute(args, context),
  };
  return { runnable, isDestructive: marks.includes(true) };
}

function readMark(mark: unknown, name: string, path: string): boolean {
  if (mark !== undefined && typeof mark !== 'boolean')
    throw new UsageError(
      `--tool ${path}: destructive of the tool "${name}" is neither true nor false: write one of them, without quotation marks`,
    );
  return mark === true;
}

const isRunnable = (value: object): value is RunnableTool =>
  'function' in value && typeof Object(value.function).name === 'string';
