// What the parameters of `embeddings.create` must look like. What a service knows besides is its own to judge.
import * as z from 'zod/mini';
import { expected, expectedPrivate, MODEL } from '../errors/expected.ts';
import { OTHERWISE } from '../schemas/otherwise.ts';

const optional = <T extends z.core.$ZodType>(schema: T) => z.optional(z.nullable(schema));

const INPUT = 'a text, a list of texts, a list of tokens, or a list of such lists';
const tokens = z
  .array(z.int(expectedPrivate('a token (a whole number)')), expectedPrivate('a list of tokens'))
  .check(z.minLength(1, expectedPrivate('a list of at least one token')));
const isList = z.array(z.unknown(), expectedPrivate(INPUT)).check(z.minLength(1, expectedPrivate(INPUT)));

/** Lists are told apart by what they begin with. */
const input = z.unknown().check(({ value, issues }) => {
  if (typeof value === 'string') return;
  const [first] = Array.isArray(value) ? value : [];
  const schema =
    typeof first === 'string'
      ? z.array(z.string(expectedPrivate('a text, as before it in the list,')))
      : typeof first === 'number'
        ? tokens
        : Array.isArray(first)
          ? z.array(tokens)
          : first === undefined
            ? isList
            : z.array(z.string(expectedPrivate('a text or a list of tokens')));
  for (const issue of schema.safeParse(value, OTHERWISE).error?.issues ?? [])
    issues.push({ code: 'custom', path: [...issue.path], message: issue.message, input: value });
});

/** Source: https://platform.openai.com/docs/api-reference/embeddings/create */
export const embeddingParams = z.looseObject({
  model: z.string(expected(MODEL)).check(z.minLength(1, expected(MODEL))),
  input,
  dimensions: optional(
    z.int(expected('a whole number above 0')).check(z.minimum(1, expected('a whole number above 0'))),
  ),
  encoding_format: optional(z.enum(['float', 'base64'], expected('"float" or "base64"'))),
  user: optional(z.string(expected('a string'))),
});
