// The door of @g4f/mcp.

export {
  type HttpOptions,
  type RunningMcp,
  type ServeMcpOptions,
  type StdioOptions,
  serveMcp,
} from './server/serve-mcp.ts';
export type { ServedPrompt, ServedResource } from './server/served-data.ts';
export type { ServedTool } from './server/served-tools.ts';
export { type McpToolset, mcpTools } from './tools/mcp-tools.ts';
export type { McpServerOptions, McpToolFacts, ToolsetOptions } from './tools/options.ts';
