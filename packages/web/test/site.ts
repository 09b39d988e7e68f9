// A site on this machine, whose pages a test writes.
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A running site. */
export interface Site {
  /** `http://127.0.0.1:1234`, without a slash at its end. */
  readonly url: string;
  /** `127.0.0.1:1234`. */
  readonly host: string;
  close(): Promise<void>;
}

/** Starts it on a free port. */
export const startSite = async (answer: RequestListener): Promise<Site> => {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const host = `127.0.0.1:${port}`;
  return {
    url: `http://${host}`,
    host,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};
