// The figures of the simulation as text, and in their place in a page.
import type { Figures, Run } from './simulate.ts';

const FROM = '<!-- simulated: from here on this page is written by npm run bench:policies -- --write -->';
const TO = '<!-- /simulated -->';
const HEADINGS = [
  'policy',
  'p50 ms',
  'p95 ms',
  'p99 ms',
  'without an answer',
  'extra requests',
  'who was asked',
];

/** What was simulated, with how each policy fared. */
export interface Simulated {
  readonly run: Run;
  readonly figures: readonly Figures[];
}

/** As a table of Markdown. */
export const asTable = ({ run: { requests, gateways, seed }, figures }: Simulated): string => {
  const rows = figures.map((row) => [
    row.name,
    row.p50,
    row.p95,
    row.p99,
    row.failed,
    row.extra,
    sharesOf(row),
  ]);
  const who = gateways === 1 ? 'one gateway' : `${gateways} gateways, any of which gets a request`;
  return [
    `${requests.toLocaleString('en')} requests, ${who}, seed ${seed}:`,
    '',
    line(HEADINGS),
    `|---|${'--:|'.repeat(5)}---|`,
    ...rows.map((row) =>
      line(row.map((cell) => (typeof cell === 'number' ? cell.toLocaleString('en') : cell))),
    ),
  ].join('\n');
};

/** The page with these tables in the place of those before. @throws Error where it has no such place */
export const withTables = (page: string, simulated: readonly Simulated[]): string => {
  const [start, end] = [page.indexOf(FROM), page.indexOf(TO)];
  if (start === -1 || end < start) throw new Error(`the page has no place for it: ${FROM} … ${TO}`);
  const tables = simulated.map(asTable).join('\n\n');
  return `${page.slice(0, start + FROM.length)}\n\n${tables}\n\n${page.slice(end)}`;
};

const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

const sharesOf = ({ shares }: Figures): string =>
  Object.keys(shares)
    .sort()
    .map((id) => `${id} ${Math.round((shares[id] ?? 0) * 100)} %`)
    .join(', ');
