// What is measured within the command: search in a log, and Markdown. The last line that it prints is JSON.
// node scripts/run.mjs ../benchmarks/cli/inside <entries> <runs>; the log is where XDG_DATA_HOME says.
import { logPath, openLog } from '../../apps/cli/src/store/log-store.ts';
import { openDatabase } from '../../apps/cli/src/store/sqlite.ts';
import { MarkdownStream } from '../../apps/cli/src/terminal/markdown.ts';

const [entries = 100_000, runs = 20] = process.argv.slice(2).map(Number);
const WORDS = 'the cat sat on a mat and asked how many tokens a stream of events has when it is cut'.split(
  ' ',
);

/** What is searched for: a word of every entry, of one in a thousand, of one; two words; the beginning of words. */
const SEARCHES: Readonly<Record<string, string>> = {
  'a word of every entry': 'question',
  'a word of one in 1,000': 'thousandth',
  'a word of one entry': 'n77',
  'two words of every entry': 'question answer',
  'the beginning of a word of every entry': 'que',
};

async function fill(): Promise<void> {
  const log = await openLog(console.error);
  const database = await openDatabase(logPath());
  const insert = database.prepare(
    "INSERT INTO entries (cid, at, requested, provider, model, prompt, answer, status) VALUES (?, ?, 'm', 'p', 'm', ?, ?, 'ok')",
  );
  database.exec('BEGIN');
  for (let at = 0; at < entries; at++) {
    const text = Array.from({ length: 40 }, (_, word) => WORDS[(at * 7 + word * word) % WORDS.length]).join(
      ' ',
    );
    insert.run(
      `c${at}`,
      at,
      `question n${at} ${text}`,
      `answer ${at % 1000 === 0 ? 'thousandth ' : ''}${text}`,
    );
  }
  database.exec('COMMIT');
  database.close();
  log.close();
}

const middle = (times: readonly number[]): number =>
  [...times].sort((one, other) => one - other)[Math.floor(times.length / 2)] ?? Number.NaN;

async function search(): Promise<Readonly<Record<string, number>>> {
  const log = await openLog(console.error);
  const found = Object.entries(SEARCHES).map(([what, words]) => {
    const times = Array.from({ length: runs }, () => {
      const begin = performance.now();
      if (log.search(words, 20).length === 0) throw new Error(`nothing was found for ${words}`);
      return performance.now() - begin;
    });
    return [what, middle(times)] as const;
  });
  log.close();
  return Object.fromEntries(found);
}

const BLOCK = `## A heading

A paragraph with **bold**, *italic*, \`code\` and a [link](https://example.com), long enough to be more than one line.

- an item
- another, with \`code\`

| name | value |
|---|--:|
| one | 1 |

\`\`\`ts
const answer: number = 6 * 7; // the answer
\`\`\`

`;

/** Ms to render so many KB that come in pieces of five characters. */
function render(kilobytes: number): number {
  const text = BLOCK.repeat(Math.ceil((kilobytes * 1000) / BLOCK.length)).slice(0, kilobytes * 1000);
  const times = Array.from({ length: Math.min(runs, 7) }, () => {
    const begin = performance.now();
    const markdown = new MarkdownStream(
      (_style, painted) => `\u001b[1m${painted}\u001b[22m`,
      () => 80,
    );
    let shown = 0;
    for (let at = 0; at < text.length; at += 5) shown += markdown.write(text.slice(at, at + 5)).length;
    shown += markdown.end().length;
    if (shown < text.length / 2) throw new Error('the text was not shown');
    return performance.now() - begin;
  });
  return middle(times);
}

await fill();
render(50); // compiled by now
console.log(
  JSON.stringify({
    search: await search(),
    rendering: Object.fromEntries([50, 100, 200].map((size) => [size, render(size)])),
  }),
);
