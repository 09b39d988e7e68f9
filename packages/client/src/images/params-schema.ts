// What the parameters of the methods of `images` must look like. What a service knows besides is its own to judge.
import * as z from 'zod/mini';
import { expected, MODEL } from '../errors/expected.ts';

const text = (what: string) => z.optional(z.string(expected(what)));
const whole = (what: string, least: number) =>
  z.optional(z.number(expected(what)).check(z.int(expected(what)), z.minimum(least, expected(what))));
const oneOf = (names: readonly [string, ...string[]], what: string) =>
  z.optional(z.enum(names, expected(what)));

const FORMAT = 'one of "url", "b64_json"';
const PROMPT = 'a text that says what is wanted';

const common = {
  model: z.string(expected(MODEL)).check(z.minLength(1, expected(MODEL))),
  n: whole('a whole number from 1', 1),
  size: text('a size such as "1024x1024", or "auto"'),
  response_format: oneOf(['url', 'b64_json'], FORMAT),
  user: text('a text'),
};

/** Source: https://platform.openai.com/docs/api-reference/images/createVariation */
export const variationParams = z.looseObject(common);

/** Sources: https://platform.openai.com/docs/api-reference/images/create and /createEdit */
export const promptParams = z.looseObject({
  ...common,
  prompt: z.string(expected(PROMPT, true)).check(z.minLength(1, expected(PROMPT, true))),
  quality: text('a text such as "high"'),
  background: text('a text such as "transparent"'),
  output_format: text('a text such as "png"'),
  output_compression: whole('a whole number from 0', 0),
  stream: z.optional(z.boolean(expected('true or false'))),
  partial_images: whole('a whole number from 0', 0),
});
