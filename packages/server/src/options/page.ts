// The option `page`: files by paths that none of the APIs has.
import type { ServedPage } from '../page/served-page.ts';
import { wrong } from './wrong.ts';

/** @throws G4FError `invalid-request` */
export const settlePage = (page: unknown): ServedPage | undefined => {
  if (page === undefined) return undefined;
  if (!isPage(page))
    throw wrong('page', 'files with a type and a body, by paths that are /chat or begin with /chat/');
  return page;
};

const isPage = (page: unknown): page is ServedPage =>
  typeof page === 'object' &&
  page !== null &&
  Object.entries(page).every(([path, file]) => {
    const { type, body } = Object(file);
    return /^\/chat(?:\/|$)/.test(path) && typeof type === 'string' && typeof body === 'string';
  });
