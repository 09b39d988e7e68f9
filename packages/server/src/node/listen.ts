// Begins to listen, and says who is in the way if that cannot be.
import type { Server } from 'node:http';
import { G4FError } from '@g4f/core';
import { portOwner } from './port-owner.ts';

/** @throws G4FError `invalid-request`: the port is in use (by whom, where the system tells), or may not be used */
export const listen = (server: Server, port: number, host: string): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(
        new G4FError(`server: cannot listen on ${host}:${port}: ${reasonOf(error, port)}.`, {
          code: 'invalid-request',
          cause: error,
        }),
      );
    });
    server.listen(port, host, resolve);
  });

const reasonOf = ({ code, message }: NodeJS.ErrnoException, port: number): string => {
  if (code === 'EADDRINUSE') {
    const owner = portOwner(port);
    const who = owner === undefined ? '' : ` by ${owner.name} (process ${owner.pid})`;
    return `the port is in use${who}. Stop what uses it, or choose another by port`;
  }
  if (code === 'EACCES') return 'this user may not use the port. Choose one above 1023';
  return code === 'EADDRNOTAVAIL' ? 'this machine does not have the address' : message;
};
