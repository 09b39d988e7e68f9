// The options by which a person gives a model tools.
import type { Command } from 'commander';
import { Option } from '../terminal/commander.ts';
import type { ToolOptions } from '../tools/toolbox.ts';
import { several, wholeNumber } from './question-options.ts';

/** Adds them to a command. */
export const withToolOptions = (command: Command): Command =>
  command
    .option(
      '--tool <file>',
      'a JavaScript module whose exports are tools that the model may call; repeatable',
      several,
    )
    .option(
      '--mcp <server>',
      'tools of an MCP server: its command in quotes, its address, or a .json file of servers; repeatable',
      several,
    )
    .option('--web', 'lets the model read public pages and, where a search engine is set up, search')
    .addOption(
      new Option(
        '--approve <which>',
        'ask: you are asked before every call of a tool; all: all run without asking; without it, you are asked before those that may change something',
      ).choices(['ask', 'all']),
    )
    .option(
      '--max-steps <number>',
      'how many answers the model may give, tool calls among them; 10',
      wholeNumber,
    );

/** Whether the person gives any. */
export const wantsTools = ({ tool = [], mcp = [], web }: ToolOptions): boolean =>
  tool.length > 0 || mcp.length > 0 || web === true;
