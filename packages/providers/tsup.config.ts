// Builds the package's doors: its own, and one for each provider file.
import { readdirSync } from 'node:fs';
import { defineConfig, type Options } from 'tsup';
import { base } from '../../tsup.base.ts';
import { joinFiles } from '../../tsup.join.ts';

const backends = readdirSync('src/backends').map((file) => file.replace(/\.ts$/, ''));

const entry = {
  index: 'src/index.ts',
  models: 'src/models/index.ts',
  parts: 'src/entries/parts.ts',
  registry: 'src/entries/registry.ts',
  options: 'src/entries/options.ts',
  send: 'src/entries/send.ts',
  ...Object.fromEntries(backends.map((id) => [id, `src/backends/${id}.ts`])),
};

const doors: Options = {
  ...base,
  // tsup's tree shaking would make `module.exports` of a default export, where ESM and the types have `exports.default`.
  treeshake: false,
  entry,
  onSuccess: () =>
    // The wire of chat completions stays together by these bytes: cut in between, it costs a chat 500 bytes more.
    joinFiles({
      doors: Object.keys(entry),
      together: ['send', 'registry', 'options', 'parts'],
      mostBytes: 36_000,
    }),
};

export default defineConfig(doors);
