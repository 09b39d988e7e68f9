// A child process whose reader has left before it writes, for tests of what is said then.
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';

/**
 * Leaves its standard output, then ends its standard input, for which it waits.
 * @returns its exit code, or the signal that ended it, and what it said on standard error.
 */
export const endWithoutReader = async (
  child: ChildProcessWithoutNullStreams,
): Promise<readonly [unknown, string]> => {
  let told = '';
  child.stderr.on('data', (piece) => {
    told += piece;
  });
  child.stdout.destroy();
  await once(child.stdout, 'close');
  child.stdin.end();
  const [code, signal] = await once(child, 'close');
  return [code ?? signal, told];
};
