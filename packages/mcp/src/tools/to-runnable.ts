// A tool of an MCP server as one for `runTools`.
import type { RunnableTool } from '@g4f/client';
import { G4FError } from '@g4f/core';
import type { Tool } from '@modelcontextprotocol/sdk/types.js';
import type { Connection } from './connection.ts';
import type { McpToolFacts, ToolsetOptions } from './options.ts';
import { toolResult } from './tool-result.ts';

/** The most of a description that a model is given: a server could fill its context. */
const DESCRIPTION_CHARACTERS = 4000;

/** @param known the name that the model knows, and what is known of the tool. */
export const toRunnable = (
  tool: Tool,
  { name, facts }: { readonly name: string; readonly facts: McpToolFacts },
  connection: Connection,
  { approve }: ToolsetOptions,
): RunnableTool => {
  const who = `MCP server ${connection.name}: the tool ${tool.name}`;
  return {
    type: 'function',
    function: {
      name,
      description: (tool.description ?? tool.title ?? '').slice(0, DESCRIPTION_CHARACTERS),
      parameters: tool.inputSchema,
    },
    async execute(args, { signal }) {
      const given = Object(args);
      await checkApproval(facts, given, approve, who);
      return toolResult(await connection.callTool(tool.name, given, signal), who, connection.secrets);
    },
  };
};

/** What its server says of a tool. */
export const factsOf = ({ name, description, annotations = {} }: Tool, server: string): McpToolFacts => {
  const { readOnlyHint, destructiveHint } = annotations;
  return {
    server,
    name,
    isReadOnly: readOnlyHint === true,
    ...(description !== undefined && { description }),
    ...(readOnlyHint !== true && destructiveHint !== undefined && { isDestructive: destructiveHint }),
  };
};

/** @throws G4FError `invalid-request` where it may not run, of which the model is told */
async function checkApproval(
  facts: McpToolFacts,
  args: Readonly<Record<string, unknown>>,
  approve: ToolsetOptions['approve'],
  who: string,
): Promise<void> {
  if (facts.isReadOnly || facts.isDestructive === false) return;
  if (approve === undefined && facts.isDestructive !== true) return;
  if (approve === undefined)
    throw new G4FError(`${who} is marked destructive and was not run: give approve to mcpTools.`, {
      code: 'invalid-request',
    });
  if ((await approve(facts, args)) !== true)
    throw new G4FError(`${who} was not run: the user did not allow this call.`, { code: 'invalid-request' });
}
