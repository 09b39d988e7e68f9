// The three files of a new backend: what the service is, what is particular to it, and what the user is told.

/** What the person said of the service. */
export interface NewBackend {
  readonly id: string;
  readonly name: string;
  readonly baseURL: string;
  readonly website: string;
  /** The variable of its key; undefined if it needs none. */
  readonly env: string | undefined;
}

/** Path below the repository's root → content. */
export const newBackendFiles = (backend: NewBackend): Readonly<Record<string, string>> => ({
  [`packages/providers/src/backends/${backend.id}.ts`]: sourceOf(backend),
  [`packages/providers/test/backends/${backend.id}.test.ts`]: testOf(backend),
  [`.changeset/backend-${backend.id}.md`]: changesetOf(backend),
});

const sourceOf = ({ id, name, baseURL, website, env }: NewBackend): string => `// ${name}. Source: ${website}
import { openaiCompatible } from '../provider/openai-compatible.ts';

export default openaiCompatible({
  id: ${quoted(id)},
  name: ${quoted(name)},
  website: ${quoted(website)},
  baseURL: ${quoted(baseURL.replace(/\/+$/, ''))},
${env === undefined ? "  key: 'none',\n" : `  env: [${quoted(env)}],\n`}  // Family → its own id of exactly that model, as its documentation lists them today.
  models: {},
  // Where it documents embeddings: embed: { models: {}, maxInputs: …, takes: [] }, see EmbedFacts.
  // What its messages may hold besides what all such services document: see MessageQuirks.
  quirks: { messages: {} },
});
`;

const testOf = ({
  id,
  name,
}: NewBackend): string => `// ${name} keeps the promises of a backend, and reads what was recorded of it.
import { readTapes, testProvider } from '@g4f/testing';
import { describe, it } from 'vitest';
import backend from '../../src/backends/${id}.ts';
import { tapesFolder } from './tapes-folder.ts';

describe(${quoted(id)}, () => {
  const checks = testProvider(backend, readTapes(tapesFolder(${quoted(id)})), { file: ${quoted(id)} });
  it.each(checks)('$name', ({ run }) => run());
});
`;

const changesetOf = ({ id, name, env }: NewBackend): string => `---
'@g4f/providers': minor
'@g4f/client': minor
---

New backend: ${name} (\`provider: '${id}'\`${env === undefined ? '' : `, key in \`${env}\``}).
`;

const quoted = (text: string): string => `'${text.replace(/[\\']/g, '\\$&')}'`;
