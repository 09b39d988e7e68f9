// The part of a page that a benchmark writes.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where the pages are. */
export const DOCS = join(import.meta.dirname, '../docs');
const TO = '<!-- /measured -->';

/** Writes what was measured in the place of what was before. @param script which writes it, as it is named in the page */
export const writeMeasured = (name, script, markdown) => {
  const page = join(DOCS, name);
  const from = `<!-- measured: from here on this page is written by npm run ${script} -- --write -->`;
  const before = readFileSync(page, 'utf8');
  const [start, end] = [before.indexOf(from), before.indexOf(TO)];
  if (start === -1 || end === -1)
    throw new Error(`${page} has no place for what is measured: ${from} … ${TO}`);
  writeFileSync(page, `${before.slice(0, start + from.length)}\n\n${markdown}\n\n${before.slice(end)}`);
};
