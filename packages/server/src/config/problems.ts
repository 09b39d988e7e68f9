// What is wrong with a configuration, and where: one line for each.
import { G4FError } from '@g4f/core';
import { nearNames } from '@g4f/providers/options';
import type * as z from 'zod';

/** The way to a value: names, and places in lists. */
export type Path = readonly PropertyKey[];

/** What is wrong. */
export interface Problem {
  readonly path: Path;
  /** Set where a name itself is wrong, and not what stands under it. */
  readonly isName?: boolean;
  readonly message: string;
}

/** What a check of the schema found. */
export const problemsOf = (
  issues: readonly z.core.$ZodIssue[],
  before: Path = [],
  known: NamesAt = () => [],
): Problem[] =>
  issues.flatMap((issue) => {
    const path = [...before, ...issue.path];
    if (issue.code === 'unrecognized_keys')
      return issue.keys.map((name) => ({
        path: [...path, name],
        isName: true,
        message: `there is no such field.${meant(name, known(path))}`,
      }));
    if (issue.code === 'invalid_union') {
      // What fits but for a field says more than that nothing fits.
      const near = issue.errors.find((errors) =>
        errors.every((error) => error.path.length > 0 || error.code === 'unrecognized_keys'),
      );
      if (near !== undefined && near.length > 0) return problemsOf(near, path, known);
    }
    return { path, message: `${issue.message}.` };
  });

/** The names that may stand at a place. */
export type NamesAt = (path: Path) => readonly string[];

/** @returns ` Did you mean …?`, or what there is. */
export const meant = (name: string, names: readonly string[]): string => {
  const [near] = nearNames(name, names, 1);
  if (near !== undefined) return ` Did you mean ${near}?`;
  return names.length === 0 || names.length > 30 ? '' : ` There are ${names.join(', ')}.`;
};

/** `models.fast[0].weight` */
export const written = (path: Path): string =>
  path
    .map((part, at) =>
      typeof part === 'number'
        ? `[${part}]`
        : `${at === 0 ? '' : '.'}${shownName(String(part), path[at - 1])}`,
    )
    .join('');

/** In the place of a header's name a whole header with its key may stand: up to the first sign that no name has. */
const shownName = (name: string, section: PropertyKey | undefined): string =>
  section === 'headers' ? (/^[^\s:]*/.exec(name)?.[0] ?? '') : name;

/** The error for all that is wrong: a line for each, with its file, line and column where they are known. */
export const configError = (lines: readonly string[]): G4FError =>
  new G4FError(lines.join('\n'), { code: 'invalid-request' });
