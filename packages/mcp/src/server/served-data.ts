// What is served besides tools: resources, which a caller reads, and prompts, which it fills.
import { isG4FError } from '@g4f/core';
import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import * as z from 'zod';
import type { Workshop } from './served-tools.ts';

/** Something that callers may read. */
export interface ServedResource {
  readonly name: string;
  /** Its address: `g4f://log`. */
  readonly uri: string;
  readonly description?: string;
  /** `application/json` unless given. */
  readonly mimeType?: string;
  /** Its text now. What it throws is told to the caller only if it is a G4FError. */
  read(signal: AbortSignal): string | Promise<string>;
}

/** A question with gaps that callers may fill. */
export interface ServedPrompt {
  readonly name: string;
  readonly description?: string;
  /** The gaps. */
  readonly parameters: readonly { readonly name: string; readonly isRequired: boolean }[];
  /** The question. What it throws is told to the caller only if it is a G4FError. */
  fill(values: Readonly<Record<string, string>>): string | Promise<string>;
}

/** The models that can be used now. */
const modelsOf = ({ client }: Workshop): ServedResource => ({
  name: 'models',
  uri: 'g4f://models',
  description: 'The models that can be used here now, with the providers of each.',
  async read(signal) {
    const { data } = await client.models.list({ usable: true }, { signal });
    return JSON.stringify(
      data.map(({ id, providers, context_length }) => ({ id, providers, context_length })),
    );
  },
});

/** Offers the resources, that of the models among them, and the prompts. */
export const offerData = (
  server: McpServer,
  resources: readonly ServedResource[],
  prompts: readonly ServedPrompt[],
  workshop: Workshop,
): void => {
  for (const { name, uri, description, mimeType = 'application/json', read } of [
    modelsOf(workshop),
    ...resources,
  ])
    server.registerResource(
      name,
      uri,
      { mimeType, ...(description !== undefined && { description }) },
      async (_, { signal }) => ({ contents: [{ uri, mimeType, text: await told(() => read(signal)) }] }),
    );
  for (const { name, description, parameters, fill } of prompts) {
    const shape = Object.fromEntries(
      parameters.map((gap) => [gap.name, gap.isRequired ? z.string() : z.string().optional()]),
    );
    const facts = { ...(description !== undefined && { description }), argsSchema: shape };
    server.registerPrompt(name, facts, async (values) => {
      const given = Object.entries(values).filter(
        (entry): entry is [string, string] => typeof entry[1] === 'string',
      );
      const text = await told(() => fill(Object.fromEntries(given)));
      return { messages: [{ role: 'user', content: { type: 'text', text } }] };
    });
  }
};

/** What is no error of ours is not shown: it may be anything. */
async function told(make: () => string | Promise<string>): Promise<string> {
  try {
    return await make();
  } catch (error) {
    throw new Error(isG4FError(error) ? error.message : 'It cannot be read, by a fault of the server.');
  }
}
