// What the parameters of `completions.create` must look like. What a service knows besides is its own to judge.
import * as z from 'zod/mini';
import { complain, expected, expectedPrivate, MODEL } from '../errors/expected.ts';
import { OTHERWISE } from '../schemas/otherwise.ts';

const PROMPT = 'a text, a list of texts, a list of tokens, or a list of such lists';
const COUNT = 'a whole number above 0';
const STOP = 'a text or a list of texts';
const number = z.number(expected('a number'));
const count = z.int(expected(COUNT)).check(z.minimum(1, expected(COUNT)));
const flag = z.boolean(expected('true or false'));
const tokens = z.array(z.int(expectedPrivate('a token (a whole number)')), expectedPrivate(PROMPT));

const prompt = z.union(
  [
    z.string(),
    z.array(z.string()).check(z.minLength(1)),
    tokens.check(z.minLength(1)),
    z.array(tokens).check(z.minLength(1)),
  ],
  expectedPrivate(PROMPT),
);

/** Source: https://platform.openai.com/docs/api-reference/completions/create */
export const textParams = z.looseObject({
  model: z.string(expected(MODEL)).check(z.minLength(1, expected(MODEL))),
  prompt: z.unknown().check(({ value, issues }) => {
    const { error } = prompt.safeParse(value, OTHERWISE);
    if (error !== undefined)
      issues.push({ code: 'custom', path: [], message: complain(PROMPT, value, true), input: value });
  }),
  suffix: z.optional(z.string(expectedPrivate('a text'))),
  max_tokens: z.optional(
    z.int(expected('a whole number from 0')).check(z.minimum(0, expected('a whole number from 0'))),
  ),
  n: z.optional(count),
  best_of: z.optional(count),
  temperature: z.optional(number),
  top_p: z.optional(number),
  presence_penalty: z.optional(number),
  frequency_penalty: z.optional(number),
  seed: z.optional(z.int(expected('a whole number'))),
  logprobs: z.optional(z.int(expected('a whole number')).check(z.minimum(0, expected('a whole number')))),
  stop: z.optional(z.union([z.string(), z.array(z.string())], expected(STOP))),
  echo: z.optional(flag),
  stream: z.optional(flag),
  logit_bias: z.optional(z.record(z.string(), number, expected('an object of numbers'))),
  stream_options: z.optional(z.looseObject({}, expected('an object'))),
  user: z.optional(z.string(expected('a string'))),
});

/** Their names. */
export const TEXT_PARAMS: ReadonlySet<string> = new Set(Object.keys(textParams.shape));
