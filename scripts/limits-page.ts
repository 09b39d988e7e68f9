// docs/limits.md: what a service may choose, and how much of it, from the limits and their comments.
import { GATEWAY_LIMITS, LIMITS, TOOL_LIMITS } from '@g4f/core';
import ts from 'typescript';
import { nodesOf, parse, readSource } from './source-file.ts';

const SOURCE = 'packages/core/src/limits.ts';

const HEAD = `# Limits

What a service may choose, and the most of it that is read. Above a limit an answer is a \`bad-response\` (or, where the
table says so, the rest is left out): it never costs more time or memory. Together they leave room in a heap of 128 MiB
(\`node --max-old-space-size=128\`). A stream of text has no limit of its own: what has been read of it is not kept.

This page is written by \`npm run generate\` from \`${SOURCE}\`, where a limit is changed.

| limit | most | of |
|---|---|---|
`;

/** The page. */
export const renderLimitsPage = (): string => {
  const file = readSource(SOURCE);
  if (file === undefined) throw new Error(`${SOURCE} is not there`);
  const comments = new Map(
    [...nodesOf(parse(file))]
      .filter(ts.isPropertyAssignment)
      .map((node) => [node.name.getText(), commentOf(node)]),
  );
  const rows = Object.entries({ ...LIMITS, ...GATEWAY_LIMITS, ...TOOL_LIMITS }).map(([name, most]) => {
    const comment = comments.get(name);
    if (!comment) throw new Error(`${SOURCE}: ${name} has no comment`);
    return `| \`${name}\` | ${readable(name, most)} | ${comment} |`;
  });
  return `${HEAD}${rows.join('\n')}\n`;
};

const commentOf = (node: ts.Node): string =>
  ts
    .getJSDocCommentsAndTags(node)
    .map((doc) => (typeof doc.comment === 'string' ? doc.comment.replace(/\s+/g, ' ') : ''))
    .join(' ');

function readable(name: string, most: number): string {
  if (!name.endsWith('Bytes')) return most.toLocaleString('en-US');
  return most % 1024 ** 2 === 0 ? `${most / 1024 ** 2} MiB` : `${most / 1024} KiB`;
}
