// What the parameters of `moderations.create` must look like. What a service knows besides is its own to judge.
import * as z from 'zod/mini';
import { complain, MODEL } from '../errors/expected.ts';

const expected = (what: string) => ({
  error: (issue: { readonly input?: unknown }) => complain(what, issue.input),
});

/** Of the input, which is nobody else's: no error repeats it. */
const expectedInput = (what: string) => ({
  error: (issue: { readonly input?: unknown }) => complain(what, issue.input, true),
});

const INPUT = 'a text, a list of texts, or a list of parts ({ type: "text" } or { type: "image_url" })';
const PART = 'a part: { type: "text", text } or { type: "image_url", image_url: { url } }';

const part = z.discriminatedUnion(
  'type',
  [
    z.object({ type: z.literal('text'), text: z.string(expectedInput('a text')) }),
    z.object({
      type: z.literal('image_url'),
      image_url: z.object({ url: z.string(expectedInput('an address or a data URL')) }, expectedInput(PART)),
    }),
  ],
  expectedInput(PART),
);

/** Lists are told apart by what they begin with. */
const input = z.unknown().check(({ value, issues }) => {
  if (typeof value === 'string') return;
  const first = Array.isArray(value) ? value[0] : undefined;
  const schema =
    first === undefined
      ? z.array(z.unknown(), expectedInput(INPUT)).check(z.minLength(1, expectedInput(INPUT)))
      : typeof first === 'string'
        ? z.array(z.string(expectedInput('a text, as before it in the list,')))
        : z.array(part);
  for (const issue of schema.safeParse(value).error?.issues ?? [])
    issues.push({ code: 'custom', path: [...issue.path], message: issue.message, input: value });
});

/** Source: https://platform.openai.com/docs/api-reference/moderations/create */
export const moderationParams = z.looseObject({
  model: z.string(expected(MODEL)).check(z.minLength(1, expected(MODEL))),
  input,
});
