// Opens an address in the browser of the person, by the command of the system.
import { spawn } from 'node:child_process';

const COMMANDS: Readonly<Record<string, readonly [command: string, ...args: string[]]>> = {
  darwin: ['open'],
  win32: ['rundll32', 'url.dll,FileProtocolHandler'],
};

/** Opens it. @param onFailure called where there is nothing that could. */
export const openBrowser = (url: string, onFailure: () => void): void => {
  const [command, ...args] = COMMANDS[process.platform] ?? ['xdg-open'];
  const child = spawn(command, [...args, url], { stdio: 'ignore', detached: true });
  let isTold = false;
  const tell = (): void => {
    if (!isTold) onFailure();
    isTold = true;
  };
  child.once('error', tell);
  child.once('exit', (code) => {
    if (code !== 0) tell();
  });
  // The browser stays when this command ends.
  child.unref();
};
