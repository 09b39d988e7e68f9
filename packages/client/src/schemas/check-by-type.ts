// Checks what has a `type` by the schema of that type.
import type * as z from 'zod/mini';
import { OTHERWISE } from './otherwise.ts';

type Typed = z.core.ParsePayload<{ readonly type?: unknown }>;

/** The check; what has a type that is not known is the service's own. */
export const byType =
  (types: ReadonlyMap<unknown, z.ZodMiniType>) =>
  ({ value, issues }: Typed): void => {
    const result = types.get(value.type)?.safeParse(value, OTHERWISE);
    for (const issue of result?.error?.issues ?? [])
      issues.push({ code: 'custom', path: [...issue.path], message: issue.message, input: value });
  };
