// Joins the files that esbuild cuts a build into: opening a file costs a new process more than reading it does.
import { rm, writeFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { type ManualChunkMeta, rollup } from 'rollup';

/** Bytes. Larger files would load more than they need where a bundler cuts a program into parts. */
const MOST_BYTES = 32_000;

/** What esbuild puts behind a file's name. */
const HASH = /-[A-Z0-9]{8}$/;

/** Names of files of a build, without their ending. */
export interface Files {
  /** All doors of the ESM build. */
  readonly doors: readonly string[];
  /** Files that load all they import at once. Those first that import least. */
  readonly together: readonly string[];
  /** Of a joined file; 32,000 unless given. Where a file ends in between what is loaded together, a bundler cuts there, too. */
  readonly mostBytes?: number;
}

/**
 * esbuild makes a file of each set of modules that the same doors and lazy parts share: a chat loaded 90 of them. What a file of
 * `together` imports is loaded with it in any case, so those files are joined, in the order in which they run: then no joined
 * file imports a later one. A name of `together` may be of a lazy part; esbuild puts a hash behind it.
 * A file that loads a part lazily stays alone: joined to others, it would bring that part into programs that need only the others, and a
 * program with a lazy part cannot be bundled into one script.
 *
 * @throws Error if Rollup warns of anything, such as files that import each other in a circle
 */
export async function joinFiles({ doors, together, mostBytes = MOST_BYTES }: Files): Promise<void> {
  const folder = resolve('dist');
  const bundle = await rollup({
    input: Object.fromEntries(doors.map((name) => [name, join(folder, `${name}.js`)])),
    external: (id) => !id.startsWith('.') && !id.startsWith('/'),
    treeshake: false,
    preserveEntrySignatures: 'strict',
    onwarn: ({ message }) => {
      throw new Error(message);
    },
  });
  let groups: ReadonlyMap<string, string> | undefined;
  const { output } = await bundle.generate({
    format: 'esm',
    hoistTransitiveImports: false,
    minifyInternalExports: false,
    entryFileNames: '[name].js',
    chunkFileNames: ({ name }) => `${name.replace(HASH, '')}-[hash].js`,
    manualChunks: (id, graph) => {
      groups ??= groupsOf(together, mostBytes, graph);
      return groups.get(id);
    },
  });
  await Promise.all(bundle.watchFiles.map((file) => rm(file)));
  await Promise.all(
    output.map((file) =>
      writeFile(join(folder, file.fileName), file.type === 'chunk' ? file.code : file.source),
    ),
  );
}

/** The group of each file that is joined to others. */
function groupsOf(
  together: readonly string[],
  mostBytes: number,
  { getModuleIds, getModuleInfo }: ManualChunkMeta,
): Map<string, string> {
  const groups = new Map<string, string>();
  const seen = new Set<string>();
  let bytes = 0;
  let count = 0;
  const add = (id: string): void => {
    const file = getModuleInfo(id);
    if (file === null || file.isExternal || seen.has(id)) return;
    seen.add(id);
    file.importedIds.forEach(add);
    if (file.isEntry || file.dynamicallyImportedIds.length > 0) {
      bytes = 0; // What comes behind it in the order must not be in one file with what comes before.
      return;
    }
    const size = file.code?.length ?? 0;
    if (bytes === 0 || bytes + size > mostBytes) {
      count += 1;
      bytes = 0;
    }
    bytes += size;
    groups.set(id, `joined-${count}`);
  };
  for (const name of together) {
    bytes = 0;
    for (const id of getModuleIds()) if (basename(id, '.js').replace(HASH, '') === name) add(id);
  }
  return groups;
}
