// What a configuration may say of a provider.
import { holdsUser } from '@g4f/core';
import { urlOf, withoutEndpoint } from '@g4f/core/internal';
import { readHeaders } from '@g4f/providers/options';
import type { BackendRow } from '@g4f/providers/registry';
import * as z from 'zod';
import { section, text, texts } from './fields.ts';

type Wire = NonNullable<BackendRow['wire']>;

/** The protocols that a provider of one's own may speak. */
const wires = Object.keys({
  'openai-chat': true,
  'openai-responses': true,
  'anthropic-messages': true,
  gemini: true,
  'ollama-chat': true,
  'cohere-chat': true,
} satisfies Record<Wire, true>) as [Wire, ...Wire[]];

/** As the client checks them, but where they stand. */
function checkHeaders({ value, issues }: z.core.ParsePayload<Record<string, string>>): void {
  for (const [name, text] of Object.entries(value))
    try {
      readHeaders({ [name]: text }, 'it');
    } catch (error) {
      const message = (error instanceof Error ? error.message : '').replace(/^it: |\.$/g, '');
      issues.push({ code: 'custom', message, input: value, path: [name] });
    }
}

/** One of `providers`. */
export const provider = z.nullable(
  section(
    {
      key: z
        .union([text('must be a key'), texts('must be a key')], { error: 'must be a key, or a list of keys' })
        .exactOptional()
        .describe('Its key, or several; the variable of the provider unless given'),
      baseURL: text('must be an http or https address')
        .refine(
          (url) => /^https?:/i.test(url) && urlOf(url) !== undefined,
          'must be an http or https address',
        )
        .refine(
          (url) => !holdsUser(url),
          'must hold no user and no password: they are not sent; give headers',
        )
        .refine((url) => withoutEndpoint(url) === undefined, {
          error: ({ input }) => `must be ${withoutEndpoint(String(input))}`,
        })
        .exactOptional()
        .describe('Another address; a provider of your own needs one'),
      headers: z
        .record(z.string(), text('must be a text that is not empty'), {
          error: 'must be a section of headers, their names with their values',
        })
        .check(checkHeaders)
        .exactOptional()
        .describe('Headers of every request to it'),
      wire: z
        .enum(wires, { error: `must be one of ${wires.join(', ')}` })
        .exactOptional()
        .describe('The protocol of a provider of your own; openai-chat unless given'),
      models: z
        .record(z.string(), text('must be the id of a model'), {
          error: 'must be names of models with their ids',
        })
        .exactOptional()
        .describe('Models of a provider of your own: family and its own id'),
    },
    'One provider: one that is known, or one of your own',
  ),
);
