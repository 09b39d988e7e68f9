// What an MCP tool gave, as what a model is told. It is data of somebody else's, whatever it says.
import { G4FError, redact, TOOL_LIMITS } from '@g4f/core';
import type { CallToolResult, ContentBlock } from '@modelcontextprotocol/sdk/types.js';

/**
 * Its structured content, or its texts. Pictures, sounds and files are named, because no service takes them as the result of a tool.
 *
 * @param secrets what an error must not show
 * @throws G4FError `bad-response` with the tool's words, where it says that it failed
 */
export const toolResult = (result: CallToolResult, who: string, secrets: readonly string[]): unknown => {
  const text = result.content.map(textOf).join('\n');
  if (result.isError === true)
    throw new G4FError(`${who} failed: ${cut(redact(text, secrets))}`, {
      code: 'bad-response',
      scope: 'request',
    });
  const { structuredContent } = result;
  const isWhole =
    structuredContent !== undefined &&
    JSON.stringify(structuredContent).length <= TOOL_LIMITS.mcpResultCharacters;
  return isWhole
    ? structuredContent
    : cut(text === '' && structuredContent ? JSON.stringify(structuredContent) : text);
};

function textOf(block: ContentBlock): string {
  switch (block.type) {
    case 'text':
      return block.text;
    case 'image':
    case 'audio':
      return `[${block.type}, ${block.mimeType}, not shown]`;
    case 'resource':
      return 'text' in block.resource ? block.resource.text : `[file ${block.resource.uri}, not shown]`;
    case 'resource_link':
      return `[file ${block.uri}, ${block.name}]`;
  }
}

const cut = (text: string): string =>
  text.length <= TOOL_LIMITS.mcpResultCharacters
    ? text
    : `${text.slice(0, TOOL_LIMITS.mcpResultCharacters)}\n[${text.length - TOOL_LIMITS.mcpResultCharacters} more characters were left out]`;
