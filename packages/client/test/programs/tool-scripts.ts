// What the tests of tools have in common: a tool, and a model that calls it.
import * as z from 'zod';
import { tool } from '../../src/programs/tools/tool.ts';

const usage = {
  prompt_tokens: 5,
  completion_tokens: 2,
  total_tokens: 7,
  prompt_tokens_details: { cached_tokens: 1 },
};
export const City = z.object({ city: z.string(), days: z.number().default(1) });

/** A tool that remembers what it was called with. */
export const weather = (ran: unknown[] = []) =>
  tool({
    name: 'weather',
    description: 'Tells the weather.',
    parameters: City,
    execute(args) {
      ran.push(args);
      return { city: args.city, degrees: 20 };
    },
  });

export const calling = (...args: readonly string[]) => ({
  calls: args.map((text, at) => [`call-${at}`, 'weather', text] as const),
  usage,
});
export const done = { content: 'It is warm.', usage };
