// Opens the tools that a person named.
import { note } from '../terminal/output.ts';
import { Toolbox, type ToolOptions } from './toolbox.ts';

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
