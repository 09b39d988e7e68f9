// The options by which a person gives a model tools.
import { type Command, Option } from 'commander';
import { note } from '../terminal/output.ts';
import { Toolbox, type ToolOptions } from '../tools/toolbox.ts';
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
        'before which calls you are asked: ask (every one) or all (none, all may run); without it, those that may change something',
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

/**
 * The tools that a person named. Close it: the servers are processes.
 * @throws UsageError for a module that holds none; G4FError where a server cannot be reached.
 */
export const openToolbox = async (options: ToolOptions): Promise<Toolbox> => {
  const { tool = [], mcp = [], web = false } = options;
  const toolbox = new Toolbox(options);
  try {
    for (const path of tool) await toolbox.addModule(path);
    for (const source of mcp) await toolbox.addMcp(source);
    if (web) await openWeb(toolbox);
  } catch (error) {
    await toolbox.close();
    throw error;
  }
  return toolbox;
};

/** Takes in the web, and says where it cannot be searched. */
export const openWeb = async (toolbox: Toolbox): Promise<void> => {
  const engine = await toolbox.setWeb(true);
  if (engine === undefined)
    note(
      'the model can read pages and not search: for that set BRAVE_API_KEY, TAVILY_API_KEY, EXA_API_KEY or SEARXNG_URL.',
    );
};
