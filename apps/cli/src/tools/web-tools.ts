// The tools of the web: pages, and a search engine where one is set up.
import type { RunnableTool } from '@g4f/client';
import { isG4FError } from '@g4f/core';
import { readPage, webSearch } from '@g4f/web';

/** What the web gives. */
export interface WebTools {
  readonly tools: readonly RunnableTool[];
  /** Undefined where no search engine is set up. */
  readonly engine: string | undefined;
}

/** @throws G4FError `invalid-request` for an address of an engine that is none. */
export const webTools = (): WebTools => {
  const pages = readPage.tool();
  try {
    const search = webSearch();
    return { tools: [search.tool(), pages], engine: search.engine };
  } catch (error) {
    // Its key is missing: pages can be read all the same.
    if (isG4FError(error) && error.code === 'auth') return { tools: [pages], engine: undefined };
    throw error;
  }
};
