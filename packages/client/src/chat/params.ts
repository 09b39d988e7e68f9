// The parameters of a call, checked: what was wrong, where, and what was expected, in one line.
import { type ChatRequest, G4FError } from '@g4f/core';
import type * as z from 'zod/mini';
import type { Fields } from '../options/plain-value.ts';
import { misspelt } from './known-parameters.ts';
import { arePlain } from './params-fast-path.ts';
import { readyParams } from './ready-params.ts';
import { type CheckedParams, requestOf } from './request-of.ts';

/** What parameters come to. */
export interface Checked {
  readonly request: ChatRequest;
  /** What the caller should know of them. */
  readonly warnings: readonly string[];
}

let schema: Promise<typeof import('./params-schema.ts')> | undefined;

/**
 * The request that the parameters ask for. The schema is loaded when it is first needed.
 * @throws G4FError `invalid-request` with the path of the field and what was expected.
 */
export const toRequest = (params: Fields): Checked | Promise<Checked> =>
  arePlain(params) ? { request: requestOf(params), warnings: misspelt(params) } : checkedBySchema(params);

async function checkedBySchema(given: Fields): Promise<Checked> {
  const { params, warnings } = readyParams(given);
  // Kept, because even a repeated import takes its turns.
  schema ??= import('./params-schema.ts');
  const { chatParams } = await schema;
  check(params, chatParams);
  return { request: requestOf(params), warnings };
}

function check(params: Fields, schema: z.ZodMiniType): asserts params is Fields & CheckedParams {
  const result = schema.safeParse(params);
  if (result.success) return;
  const { path, message } = deepest(result.error.issues[0]);
  throw new G4FError(`${pathOf(path) || 'the parameters'}: ${message}.`, { code: 'invalid-request' });
}

/** What is really wrong where one of several forms was expected: the issue of the form that got furthest. */
function deepest(issue: z.core.$ZodIssue | undefined): {
  readonly path: readonly PropertyKey[];
  readonly message: string;
} {
  if (issue === undefined) return { path: [], message: 'invalid' };
  const inside =
    issue.code === 'invalid_union' ? issue.errors.flat().filter(({ path }) => path.length > 0) : [];
  const [furthest] = inside.map(deepest).sort((a, b) => b.path.length - a.path.length);
  return furthest === undefined ? issue : { ...furthest, path: [...issue.path, ...furthest.path] };
}

const pathOf = (path: readonly PropertyKey[]): string =>
  path.reduce<string>(
    (text, key) =>
      typeof key === 'number' ? `${text}[${key}]` : text === '' ? String(key) : `${text}.${String(key)}`,
    '',
  );
