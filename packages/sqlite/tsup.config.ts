// Builds one line: what counts in this package are its `engines` and its dependency.
import { defineConfig } from 'tsup';
import { base } from '../../tsup.base.ts';

export default defineConfig({ ...base, entry: ['src/index.ts'], format: ['esm'], dts: false });
