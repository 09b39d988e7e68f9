// The tools for the web.
import { G4FError } from '@g4f/core';
import * as z from 'zod';
import { dataResult, offer, textResult } from './served-tools.ts';

const MOST_CHARACTERS = 200_000;
const USUAL_CHARACTERS = 40_000;
const MOST_RESULTS = 20;

/** A page as markdown. */
export const readWebPage = offer({
  title: 'Read a page',
  description: 'Reads a page of the public web. Gives its main content as markdown.',
  isOpenWorld: true,
  parameters: {
    url: z.string().describe('The address, with https:// or http://.'),
    max_characters: z.int().min(1).max(MOST_CHARACTERS).default(USUAL_CHARACTERS),
  },
  async run({ url, max_characters: maxCharacters }, { signal }) {
    const { readPage } = await import('@g4f/web');
    const { title, url: found, markdown, isCut } = await readPage(url, { maxCharacters, signal });
    const end = isCut ? '\n\n[The rest was left out.]' : '';
    return textResult(`${title === '' ? '' : `# ${title}\n\n`}${markdown}${end}\n\nFrom ${found}`);
  },
});

/** What a search engine finds. */
export const searchWeb = offer({
  title: 'Search the web',
  description: 'Searches the web. Gives the title, the address and a part of the text of each page found.',
  isOpenWorld: true,
  parameters: { query: z.string().min(1), count: z.int().min(1).max(MOST_RESULTS).default(5) },
  async run({ query, count }, { search, signal }) {
    if (search === undefined)
      throw new G4FError('web_search: this server has no search engine.', { code: 'invalid-request' });
    return dataResult({ results: await search(query, { count, signal }) });
  },
});
