// Packages that this command uses where they are installed: most people need none of them.
import { UsageError } from './usage-error.ts';

/** What was loaded. @throws UsageError with the command that installs what is missing. */
export const installed = async <T>(load: Promise<T>, packages: string): Promise<T> => {
  try {
    return await load;
  } catch (error) {
    if (Object(error).code !== 'ERR_MODULE_NOT_FOUND') throw error;
    throw new UsageError(`this needs more packages: run "npm install -g ${packages}" once`);
  }
};

/** What MCP needs, both ways. */
export const MCP_PACKAGES = '@g4f/mcp @modelcontextprotocol/sdk';
