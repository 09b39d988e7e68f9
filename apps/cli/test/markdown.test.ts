// Markdown in a terminal: the same whatever the pieces it came in, each line once, and nothing that steers the terminal.
import { expect, it } from 'vitest';
import { MarkdownStream } from '../src/terminal/markdown.ts';

const mark = (style: unknown, text: string): string => `<${[style].flat().join('+')}>${text}</>`;
const plain = (_: unknown, text: string): string => text;

const shown = (pieces: readonly string[], paint = mark, columns = 80): string => {
  const stream = new MarkdownStream(paint, () => columns);
  return pieces.map((piece) => stream.write(piece)).join('') + stream.end();
};

const ANSWER = `# A title

Some **bold words** and \`code\`, and a [link](https://example.org) in a sentence that goes on for a while.
A snake_case_name stays, 2 * 3 * 4 too.

- one *thing*
  - another
1. first

> said by **somebody**

| name | age |
|---|---|
| Ann | 41 |

\`\`\`ts
const a = 'b'; // a comment
/* over
two lines */ return 5;
\`\`\`
The end`;

it('shows each kind of line', () => {
  const text = shown([ANSWER]);
  expect(text).toContain('<bold+underline>A title</>\n');
  expect(text).toContain(
    'Some <bold>bold words</> and <yellow>code</>, and a link (<underline>https://example.org</>)',
  );
  expect(text).toContain('A snake_case_name stays, 2 * 3 * 4 too.\n');
  expect(text).toContain('<cyan>•</> one <italic>thing</>\n  <cyan>•</> another\n<cyan>1.</> first\n');
  expect(text).toContain('<gray>│</> said by <bold>somebody</>\n');
  expect(text).toContain('<bold>name │ age</>\n<gray>─────┼────</>\nAnn  │ 41\n');
  expect(text).toContain("<magenta>const</> a = <green>'b'</>; <gray>// a comment</>\n");
  expect(text).toContain('<gray>/* over</>\n<gray>two lines */</> <magenta>return</> <yellow>5</>;\n');
  expect(text.endsWith('The end\n')).toBe(true);
});

it.each([1, 2, 3, 7, 50])('shows the same in pieces of %i', (size) => {
  const pieces = Array.from({ length: Math.ceil(ANSWER.length / size) }, (_, at) =>
    ANSWER.slice(at * size, (at + 1) * size),
  );
  expect(shown(pieces)).toBe(shown([ANSWER]));
});

it('shows the words of a long line while it comes, and holds back a mark that is open', () => {
  const stream = new MarkdownStream(mark, () => 80);
  expect(stream.write('These words are ')).toBe('These words are ');
  expect(stream.write('**very ')).toBe('');
  expect(stream.write('bold** and')).toBe('<bold>very bold</> ');
  expect(stream.end()).toBe('and\n');
});

it('does not wait for ever for a mark that is never closed', () => {
  const stream = new MarkdownStream(plain, () => 80);
  const text = `A * star *and then ${'words '.repeat(200)}`;
  expect(stream.write(text).length).toBeGreaterThan(800);
});

it('lets a model write no escapes and no marks that reverse text', () => {
  const text = shown(['a\u001b[2Jb\u009b31mc\u0007d\u202e', 'e\n```\n\u001b]0;title\u0007f\n```\n'], plain);
  expect(text).toBe('a[2Jb31mcde\n```\n]0;titlef\n```\n');
});

it('shows a table that is wider than the terminal as it came', () => {
  const table = '| a long heading | another one |\n|---|---|\n| x | y |\n';
  expect(shown([table], plain, 20)).toBe(table);
});

it('takes time that grows with the text and not faster: a long line in small pieces ends', () => {
  const stream = new MarkdownStream(plain, () => 80);
  let length = 0;
  for (let at = 0; at < 40_000; at++) length += stream.write('**a *b').length;
  expect(length + stream.end().length).toBeGreaterThan(160_000);
});
