// Parameters checked by a schema: what was wrong, where, and what was expected, in one line.
import { G4FError } from '@g4f/core';
import type * as z from 'zod/mini';
import type { Fields } from '../options/plain-value.ts';
import { OTHERWISE } from './otherwise.ts';

/** @throws G4FError `invalid-request` with the path of the field and what was expected. */
export function checkBySchema<Checked extends object>(
  params: Fields,
  schema: z.ZodMiniType,
): asserts params is Fields & Checked {
  const result = schema.safeParse(params, OTHERWISE);
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
