// Which process listens on a port, as far as Linux tells this user. Source: https://man7.org/linux/man-pages/man5/proc_pid_net.5.html
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** A process. */
export interface PortOwner {
  readonly pid: number;
  /** The name of its program. */
  readonly name: string;
}

/** The process, or undefined where it is not told: on other systems, and of other users' processes. */
export const portOwner = (port: number, proc = '/proc'): PortOwner | undefined => {
  try {
    const sockets = new Set([...listeners(`${proc}/net/tcp`, port), ...listeners(`${proc}/net/tcp6`, port)]);
    if (sockets.size === 0) return undefined;
    const pid = readdirSync(proc).find(
      (entry) => /^\d+$/.test(entry) && holds(`${proc}/${entry}/fd`, sockets),
    );
    if (pid === undefined) return undefined;
    return { pid: Number(pid), name: readFileSync(`${proc}/${pid}/comm`, 'utf8').trim() };
  } catch {
    return undefined;
  }
};

/** The state of a socket that listens. */
const LISTENS = '0A';

/** The inodes of the sockets that listen on the port. */
function listeners(table: string, port: number): readonly string[] {
  const hex = port.toString(16).toUpperCase().padStart(4, '0');
  return readable(() => readFileSync(table, 'utf8').split('\n'), []).flatMap((line) => {
    const [, local = '', , state, , , , , , inode] = line
      .trim()
      .split(' ')
      .filter((word) => word !== '');
    return local.endsWith(`:${hex}`) && state === LISTENS && inode !== undefined ? [`socket:[${inode}]`] : [];
  });
}

const holds = (folder: string, sockets: ReadonlySet<string>): boolean =>
  readable(() => readdirSync(folder), []).some((fd) =>
    sockets.has(readable(() => readlinkSync(`${folder}/${fd}`), '')),
  );

/** What other users' processes hold cannot be read, and processes end. */
function readable<Value>(read: () => Value, otherwise: Value): Value {
  try {
    return read();
  } catch {
    return otherwise;
  }
}
