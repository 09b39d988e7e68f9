// What the parameters of `moderations.create` must look like. What a service knows besides is its own to judge.
import * as z from 'zod/mini';
import { expected, expectedPrivate, MODEL } from '../errors/expected.ts';
import { OTHERWISE } from '../schemas/otherwise.ts';

const INPUT = 'a text, a list of texts, or a list of parts ({ type: "text" } or { type: "image_url" })';
const PART = 'a part: { type: "text", text } or { type: "image_url", image_url: { url } }';

const part = z.discriminatedUnion(
  'type',
  [
    z.object({ type: z.literal('text'), text: z.string(expectedPrivate('a text')) }),
    z.object({
      type: z.literal('image_url'),
      image_url: z.object(
        { url: z.string(expectedPrivate('an address or a data URL')) },
        expectedPrivate(PART),
      ),
    }),
  ],
  expectedPrivate(PART),
);

/** Lists are told apart by what they begin with. */
const input = z.unknown().check(({ value, issues }) => {
  if (typeof value === 'string') return;
  const first = Array.isArray(value) ? value[0] : undefined;
  const schema =
    first === undefined
      ? z.array(z.unknown(), expectedPrivate(INPUT)).check(z.minLength(1, expectedPrivate(INPUT)))
      : typeof first === 'string'
        ? z.array(z.string(expectedPrivate('a text, as before it in the list,')))
        : z.array(part);
  for (const issue of schema.safeParse(value, OTHERWISE).error?.issues ?? [])
    issues.push({ code: 'custom', path: [...issue.path], message: issue.message, input: value });
});

/** Source: https://platform.openai.com/docs/api-reference/moderations/create */
export const moderationParams = z.looseObject({
  model: z.string(expected(MODEL)).check(z.minLength(1, expected(MODEL))),
  input,
});
