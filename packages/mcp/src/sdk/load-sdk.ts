// Loads the parts of the MCP SDK, which a program that uses this package installs itself, when they are needed.
import { G4FError } from '@g4f/core';

/** @throws G4FError `invalid-request` where the SDK is not installed */
async function loaded<T>(load: Promise<T>): Promise<T> {
  try {
    return await load;
  } catch (cause) {
    const { code } = Object(cause);
    if (code !== 'ERR_MODULE_NOT_FOUND' && code !== 'MODULE_NOT_FOUND') throw cause;
    throw new G4FError(
      '@g4f/mcp needs the SDK of the Model Context Protocol: run "npm install @modelcontextprotocol/sdk".',
      { code: 'invalid-request', cause },
    );
  }
}

/** The client's part. @throws G4FError `invalid-request` where the SDK is not installed */
export const loadClient = async () => {
  const [{ Client }, types] = await loaded(
    Promise.all([
      import('@modelcontextprotocol/sdk/client/index.js'),
      import('@modelcontextprotocol/sdk/types.js'),
    ]),
  );
  return { Client, ...types };
};

/** Servers that are processes. @throws G4FError `invalid-request` where the SDK is not installed */
export const loadStdioClient = () => loaded(import('@modelcontextprotocol/sdk/client/stdio.js'));

/** Servers behind an address. @throws G4FError `invalid-request` where the SDK is not installed */
export const loadHttpClient = () => loaded(import('@modelcontextprotocol/sdk/client/streamableHttp.js'));

/** The server's part. @throws G4FError `invalid-request` where the SDK is not installed */
export const loadServer = () => loaded(import('@modelcontextprotocol/sdk/server/mcp.js'));

/** The server over its standard streams. @throws G4FError `invalid-request` where the SDK is not installed */
export const loadStdioServer = () => loaded(import('@modelcontextprotocol/sdk/server/stdio.js'));

/** The server over HTTP. @throws G4FError `invalid-request` where the SDK is not installed */
export const loadHttpServer = () => loaded(import('@modelcontextprotocol/sdk/server/streamableHttp.js'));
