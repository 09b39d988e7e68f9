// What was measured, for people: text for the terminal, and the page with its chart.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BASE, CANDIDATES, titleOf } from './candidates.mjs';
import { toChart } from './chart.mjs';
import { DOCS, writeMeasured } from './measured-page.mjs';
import { median, round } from './numbers.mjs';
import { SCENARIOS } from './scenarios.mjs';

/** `2.9 (0.55)`: the median, and its ratio to the base. */
const cellOf = (figures, name) => {
  const numbers = figures[name];
  if (numbers === undefined) return '–';
  const base = figures[BASE];
  const ratio = base === undefined ? '' : ` (${(median(numbers) / median(base)).toFixed(2)})`;
  return `${round(median(numbers))}${ratio}`;
};

const tableOf = ({ figures }) => {
  const names = Object.keys(CANDIDATES).filter((name) =>
    Object.values(figures).some((one) => one[name] !== undefined),
  );
  const rows = Object.entries(figures).map(([scenario, one]) => [
    `${SCENARIOS[scenario].what}, ${SCENARIOS[scenario].unit}`,
    ...names.map((name) => cellOf(one, name)),
  ]);
  return { head: ['', ...names.map(titleOf)], rows };
};

/** Lines about what importing and installing costs. */
const footprintOf = ({ imports, installed, bundles, rows, instantiations }) => {
  const undici = median(imports.undici.ms);
  const total = Object.values(installed).reduce((sum, bytes) => sum + bytes, 0);
  const [without, with60] = [median(rows.without), median(rows.with)];
  return [
    ...Object.entries(imports).map(
      ([name, { ms, heapMB }]) =>
        `import ${name}: ${round(median(ms))} ms (${(median(ms) / undici).toFixed(2)} of undici), ${round(median(heapMB))} MB of heap`,
    ),
    `installed: ${Object.keys(installed).length} packages, ${round(total / 1e6)} MB (${Object.entries(
      installed,
    )
      .map(([name, bytes]) => `${name} ${round(bytes / 1e6)}`)
      .join(', ')})`,
    `a program with one streamed call in one file, minified and gzipped, without undici: ${Object.entries(
      bundles,
    )
      .map(([name, { gzipped }]) => `${name} ${round(gzipped / 1e3)} KB`)
      .join(', ')}`,
    `60 more providers as rows: ${round(with60)} ms of CPU to the first chunk of a new process, ${round(without)} without them`,
    `type instantiations to check a program with one call: ${instantiations.toLocaleString('en')}`,
  ];
};

/** For the terminal. */
export const toText = (result) => {
  const { head, rows } = tableOf(result);
  const all = [head, ...rows];
  const widths = head.map((_, at) => Math.max(...all.map((row) => row[at].length)));
  const line = (row) =>
    row.map((cell, at) => (at === 0 ? cell.padEnd(widths[0]) : cell.padStart(widths[at]))).join('  ');
  return [
    `${result.machine}, medians of ${result.runs} runs (in brackets the ratio to ${CANDIDATES[BASE].title}, where it was measured)`,
    '',
    ...all.map(line),
    ...(result.footprint === undefined ? [] : ['', ...footprintOf(result.footprint)]),
  ].join('\n');
};

const CHART = 'performance.svg';

const toMarkdown = (result) => {
  const { head, rows } = tableOf(result);
  const line = (row) => `| ${row.join(' | ')} |`;
  return [
    `Measured on ${result.date}: ${result.machine}. Medians of ${result.runs} runs; in brackets the ratio to a bare \`undici.fetch\` loop in the same run. Less is better.`,
    '',
    `![CPU for each streamed chunk](${CHART})`,
    '',
    line(head),
    line(head.map((_, at) => (at === 0 ? '---' : '--:'))),
    ...rows.map(line),
    '',
    ...footprintOf(result.footprint).map((fact) => `- ${fact}`),
  ].join('\n');
};

/** Writes the measured part of docs/performance.md, and the chart beside it. */
export const writePage = (result) => {
  writeMeasured('performance.md', 'bench', toMarkdown(result));
  writeFileSync(join(DOCS, CHART), toChart(result));
};
