// No server outlives the program that started it: the SDK gives one two seconds to end by itself, and the program may be gone by then.
import type { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';

/** The servers that run. */
const running = new Set<number>();

/** One listener for all of them: Node warns of more than ten. */
const killAll = (): void => {
  for (const pid of running) signal(pid, 'SIGKILL');
};

/** To be called before it is connected. @returns what ends the server without waiting, if it runs. */
export const endWithProgram = (sdk: StdioClientTransport): ((by?: 'SIGKILL') => void) => {
  const start = sdk.start.bind(sdk);
  let pid: number | null = null;
  sdk.start = async () => {
    await start();
    pid = sdk.pid;
    if (pid === null) return;
    if (running.size === 0) process.on('exit', killAll);
    running.add(pid);
  };
  // The process has ended: from now on its id may be another's. The SDK's client calls this, and then what it does itself.
  sdk.onclose = () => {
    if (pid !== null && running.delete(pid) && running.size === 0) process.off('exit', killAll);
  };
  return (by: 'SIGTERM' | 'SIGKILL' = 'SIGTERM') => {
    if (pid !== null && running.has(pid)) signal(pid, by);
  };
};

function signal(pid: number, name: 'SIGTERM' | 'SIGKILL'): void {
  try {
    process.kill(pid, name);
  } catch {
    // It has ended just now.
  }
}
