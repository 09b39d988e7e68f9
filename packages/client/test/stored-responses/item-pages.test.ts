// Pages that a service gives one after another: a loop over them ends, whatever it says.
import { G4FError, LIMITS, type ResponseItemList } from '@g4f/core';
import { describe, expect, it } from 'vitest';
import { allItems, pagesFrom } from '../../src/stored-responses/item-pages.ts';

const page = (last_id: string | undefined, ids: readonly string[] = ['msg']): ResponseItemList => ({
  object: 'list',
  data: ids.map((id) => ({ type: 'message', id, role: 'user', content: [] })),
  has_more: true,
  provider: 'openai',
  ...(last_id !== undefined && { last_id }),
});

/** Reads until it ends. @returns the pages that were asked for, and how it ended */
const readAll = async (pageAt: (at: number) => ResponseItemList) => {
  let asked = 0;
  const items = allItems(Promise.resolve(pageAt(0)), undefined, async () => pageAt(++asked));
  try {
    for await (const _ of items) if (asked > LIMITS.itemPages) throw new Error('it does not end');
  } catch (error) {
    return { asked, error };
  }
  return { asked };
};

describe('a loop over pages ends', () => {
  it.each<[string, (at: number) => ResponseItemList, number, string]>([
    ['at a page without items', (at) => page(`msg_${at}`, []), 0, 'this page of it has no item'],
    [
      'at a page that leads back',
      (at) => page(`msg_${at % 2}`),
      2,
      'leads back to a page that has been read',
    ],
    ['at a page that leads nowhere', () => page(undefined, []), 0, 'this page of it has no item'],
    ['at the limit', (at) => page(`msg_${at}`), LIMITS.itemPages - 1, 'more than 10000 pages'],
  ])('%s', async (_, pageAt, pages, words) => {
    const { asked, error } = await readAll(pageAt);
    expect(error).toBeInstanceOf(G4FError);
    expect(error).toMatchObject({
      code: 'bad-response',
      provider: 'openai',
      message: expect.stringContaining(words),
    });
    expect(asked).toBe(pages);
  });
});

it('keeps what was asked for beside the place', () => {
  const next = pagesFrom({ limit: 1, after: 'msg_0' });
  expect(next(page('msg_1'))).toEqual({ limit: 1, after: 'msg_1' });
  expect(next({ ...page('msg_1'), has_more: false })).toBeUndefined();
});
