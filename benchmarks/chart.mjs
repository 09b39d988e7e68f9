// A bar chart as SVG: what each candidate spends for a streamed chunk.
import { CANDIDATES, titleOf } from './candidates.mjs';
import { median, round } from './numbers.mjs';

const SCENARIO = 'one-stream';
const [WIDTH, LEFT, BAR, GAP, TOP] = [720, 150, 22, 8, 44];
const [OURS, OTHERS, INK] = ['#0b7285', '#adb5bd', '#495057'];

const bar = ({ name, value }, at, most) => {
  const y = TOP + at * (BAR + GAP);
  const width = Math.max(1, (value / most) * (WIDTH - LEFT - 80));
  return [
    `<text x="${LEFT - 8}" y="${y + 15}" text-anchor="end">${titleOf(name)}</text>`,
    `<rect x="${LEFT}" y="${y}" width="${width.toFixed(1)}" height="${BAR}" rx="3" fill="${CANDIDATES[name].ours ? OURS : OTHERS}"/>`,
    `<text x="${(LEFT + width + 8).toFixed(1)}" y="${y + 15}">${round(value)} µs</text>`,
  ].join('');
};

/** The chart of one stream of 50,000 chunks. */
export const toChart = ({ figures, machine, date }) => {
  const bars = Object.entries(figures[SCENARIO])
    .map(([name, numbers]) => ({ name, value: median(numbers) }))
    .sort((a, b) => a.value - b.value);
  const most = bars.at(-1)?.value ?? 1;
  const height = TOP + bars.length * (BAR + GAP) + 30;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" font-family="system-ui, sans-serif" font-size="13" fill="${INK}" role="img" aria-label="CPU for each streamed chunk, by library">
<rect width="${WIDTH}" height="${height}" fill="#fff"/>
<text x="12" y="24" font-size="15" font-weight="600">CPU for each streamed chunk, one stream of 50,000</text>
${bars.map((one, at) => bar(one, at, most)).join('\n')}
<text x="12" y="${height - 10}" font-size="11">${machine}, ${date}. Less is better.</text>
</svg>
`;
};
