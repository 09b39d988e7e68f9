// Stands for the keychain's programs of Linux and macOS, as their manuals describe them; it keeps files in a folder.
// Sources: secret-tool(1) of libsecret, security(1) of macOS.
import { chmod, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** How it behaves: as it should, as one that is locked, that hangs, or that says it has kept what it has not. */
export type KeychainState = 'open' | 'locked' | 'hangs' | 'forgets';

/** A keychain in a folder. */
export interface FakeKeychain {
  /** Its programs: comes before the others in PATH. */
  readonly bin: string;
  become(state: KeychainState): Promise<void>;
  /** What it keeps, by name. */
  kept(): Promise<Readonly<Record<string, string>>>;
  /** The command lines that its programs were started with. */
  started(): Promise<string>;
}

const SECRET_TOOL = `
case "$1" in
  store) shift; case "$1" in --label=*) shift;; *) exit 2;; esac
    test "$state" = locked && { echo "secret-tool: Cannot create an item in a locked collection" >&2; exit 1; }
    key="$(cat)"; test "$state" = forgets || printf %s "$key" > "$folder/kept/$4";;
  lookup) test "$state" = locked && exit 1
    test -f "$folder/kept/$5" || exit 1
    cat "$folder/kept/$5";;
  clear) test "$state" = locked && exit 1
    rm "$folder/kept/$5" 2>/dev/null || exit 1;;
  *) echo "usage: secret-tool" >&2; exit 2;;
esac`;

/** The real one splits a line as a shell does; what is kept has no quotes in it. */
const SECURITY = `
missing() { echo "security: SecKeychainSearchCopyNext: The specified item could not be found in the keychain." >&2; exit 44; }
case "$1" in
  -i) while IFS= read -r line; do eval "set -- $line"
      test "$1 $2 $3 $4 $5" = "add-generic-password -U -s g4f -a" || exit 2
      test "$state" = locked && { echo "security: User interaction is not allowed." >&2; exit 36; }
      test "$state" = forgets || printf %s "\${10}" > "$folder/kept/$6"; done;;
  find-generic-password) test "$state" = locked && exit 36
    test -f "$folder/kept/$5" || missing; cat "$folder/kept/$5"; echo;;
  delete-generic-password) rm "$folder/kept/$5" 2>/dev/null || missing;;
  *) exit 2;;
esac`;

/** Makes one in a folder that exists. */
export const createKeychain = async (folder: string): Promise<FakeKeychain> => {
  const bin = join(folder, 'keychain-bin');
  await mkdir(bin);
  await mkdir(join(folder, 'kept'));
  for (const [name, script] of Object.entries({ 'secret-tool': SECRET_TOOL, security: SECURITY })) {
    const head = `#!/bin/sh\nfolder='${folder}'\necho "$0 $*" >> "$folder/started"\n`;
    // Until it is another, or nobody hears it any more.
    const hang = `while test "$(cat "$folder/state")" = hangs && echo waits >&2; do sleep 0.2; done\n`;
    await writeFile(join(bin, name), `${head}${hang}state="$(cat "$folder/state")"\n${script}\n`);
    await chmod(join(bin, name), 0o755);
  }
  const become = (state: KeychainState): Promise<void> => writeFile(join(folder, 'state'), state);
  await become('open');
  await writeFile(join(folder, 'started'), '');
  return {
    bin,
    become,
    started: () => readFile(join(folder, 'started'), 'utf8'),
    async kept() {
      const names = await readdir(join(folder, 'kept'));
      return Object.fromEntries(
        await Promise.all(
          names.map(async (name) => [name, await readFile(join(folder, 'kept', name), 'utf8')] as const),
        ),
      );
    },
  };
};
