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
    [value].flat().flatMap((one: unknown) => toolsOf(one, name)),
  );
  if (tools.length === 0) throw new UsageError(`--tool ${path}: it exports no tool. Write ${FORM}`);
  return tools;
};

/** One, or none where the value is something else. */
function toolsOf(value: unknown, exportName: string): readonly ModuleTool[] {
  if (typeof value !== 'object' || value === null) return [];
  const { execute, name = exportName, description, parameters, destructive } = Object(value);
  if (typeof execute !== 'function') return [];
  const isDestructive = destructive === true;
  if (isRunnable(value)) return [{ runnable: value, isDestructive }];
  const runnable = tool({
    name: String(name),
    ...(description !== undefined && { description: String(description) }),
    ...(parameters !== undefined && { parameters }),
    execute: (args, context) => execute.call(value, args, context),
  });
  return [{ runnable, isDestructive }];
}

const isRunnable = (value: object): value is RunnableTool =>
  'function' in value && typeof Object(value.function).name === 'string';
