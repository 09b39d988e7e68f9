// Checks an answer by a JSON Schema.
import { Validator } from '@cfworker/json-schema';

/** What does not fit, and where. */
export interface Issue {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** The first that does not fit; undefined where all does. */
export const issueOf = (schema: Readonly<Record<string, unknown>>, value: unknown): Issue | undefined => {
  try {
    // The last is the one that the others, of what holds it, follow from.
    const found = new Validator(schema, '2020-12').validate(value).errors.at(-1);
    return found && { path: pathOf(found.instanceLocation), message: found.error.replace(/\.$/, '') };
  } catch (error) {
    const [why] = String(error instanceof Error ? error.message : error).split('\n');
    return { path: [], message: `the schema cannot be followed: ${why}` };
  }
};

/** Of `#/list/0/a~1b`. */
const pathOf = (pointer: string): Issue['path'] =>
  pointer
    .split('/')
    .slice(1)
    .map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~'))
    .map((name) => (/^\d+$/.test(name) ? Number(name) : name));
