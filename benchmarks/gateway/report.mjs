// What was measured of the gateways, for people: text for the terminal, and the measured part of docs/scale.md.
import { writeMeasured } from '../measured-page.mjs';
import { median, round } from '../numbers.mjs';
import { BASE, GATEWAYS } from './gateways.mjs';
import { MEASURES } from './load.mjs';

const SECONDS_A_DAY = 86_400;
const MICROSECONDS = 1e6;
/** The busiest second of a day has so many times the requests of the mean one. */
const PEAK = 3;
/** How much of a core may be used in that second. */
const USED = 0.6;
/** How long an answer streams, in seconds, and how many chunks it has: what the arithmetic assumes. */
const ANSWER = { seconds: 10, chunks: 300 };

const cell = (figures, name) => {
  const own = figures[name];
  if (own === undefined) return '–';
  const base = figures[BASE];
  return base === undefined
    ? round(median(own))
    : `${round(median(own))} (${(median(own) / median(base)).toFixed(2)})`;
};

const tableOf = ({ figures }) => {
  const names = Object.keys(GATEWAYS).filter((name) =>
    Object.values(figures).some((of) => of[name] !== undefined),
  );
  const rows = Object.entries(figures).map(([measure, of]) => [
    `${MEASURES[measure].what}, ${MEASURES[measure].unit}`,
    ...names.map((name) => cell(of, name)),
  ]);
  return { head: ['', ...names.map((name) => GATEWAYS[name].title)], rows };
};

const memory = ({ before, middle, late }) =>
  `${before} MB before, ${middle} MB in the middle, ${late} MB late`;
const endured = ({ streams, seconds, lost, heapMB, residentMB }) =>
  `${streams.toLocaleString('en')} streams for ${seconds} s: ${lost} lost; heap ${memory(heapMB)}; resident ${memory(residentMB)}`;

const factsOf = ({ lasting, idle }) => [
  ...(lasting === undefined
    ? []
    : [`${endured(lasting)}; ${round(lasting.cpuPerChunk)} µs CPU for each chunk, at five a second`]),
  ...(idle === undefined
    ? []
    : [
        `idle: ${endured(idle)}; ${idle.heapKBPerStream} KB of heap and ${idle.residentKBPerStream} KB resident for each stream`,
      ]),
];

/** For the terminal. */
export const toText = (result) => {
  const { head, rows } = tableOf(result);
  const all = [head, ...rows];
  const widths = head.map((_, at) => Math.max(...all.map((row) => row[at].length)));
  const line = (row) =>
    row.map((text, at) => (at === 0 ? text.padEnd(widths[0]) : text.padStart(widths[at]))).join('  ');
  const added = addedMs(result);
  return [
    `${result.machine}, medians of ${result.runs} runs (in brackets the ratio to ${GATEWAYS[BASE].title})`,
    '',
    ...(rows.length === 0 ? [] : all.map(line)),
    ...(added === undefined ? [] : ['', `added to the first bytes: ${added}`]),
    ...factsOf(result),
  ].join('\n');
};

function addedMs({ figures }) {
  const { g4f, [BASE]: base } = figures['first-byte'] ?? {};
  return g4f === undefined || base === undefined ? undefined : `${round(median(g4f) - median(base))} ms`;
}

/** How many gateways of one core a number of requests a day needs. */
const planOf = (perDay, { figures, lasting, idle }) => {
  const peak = (perDay / SECONDS_A_DAY) * PEAK;
  const open = peak * ANSWER.seconds;
  const cpu = median(figures.cpu.g4f) + ANSWER.chunks * lasting.cpuPerChunk;
  const cores = (peak * cpu) / MICROSECONDS / USED;
  return [
    perDay.toLocaleString('en'),
    round(peak),
    Math.round(open).toLocaleString('en'),
    `${round((open * idle.residentKBPerStream) / 1024)} MB`,
    String(Math.max(1, Math.ceil(cores))),
  ];
};

const toMarkdown = (result) => {
  const { head, rows } = tableOf(result);
  const line = (row) => `| ${row.join(' | ')} |`;
  const plan = [
    'requests a day',
    `a second, at ${PEAK} times the mean`,
    `streams at once, of ${ANSWER.seconds} s each`,
    'memory of these streams',
    `gateways of one core, ${USED * 100} % used`,
  ];
  return [
    `Measured on ${result.date}: ${result.machine}. Medians of ${result.runs} runs; in brackets the ratio to the bare pass-through in the same run.`,
    '',
    line(head),
    line(head.map((_, at) => (at === 0 ? '---' : '--:'))),
    ...rows.map(line),
    '',
    ...[`added to the first bytes: ${addedMs(result)}`, ...factsOf(result)].map((fact) => `- ${fact}`),
    '',
    `From these figures, for answers of ${ANSWER.chunks} chunks, without a state:`,
    '',
    line(plan),
    line(plan.map(() => '--:')),
    ...[1e6, 1e7, 1e8].map((perDay) => line(planOf(perDay, result))),
  ].join('\n');
};

/** Writes the measured part of docs/scale.md. */
export const writePage = (result) => writeMeasured('scale.md', 'bench:gateway', toMarkdown(result));
