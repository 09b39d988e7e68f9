// Files of undici, which has types for its door alone.
declare module 'undici/lib/dispatcher/agent.js' {
  import { Agent } from 'undici';

  export default Agent;
}

declare module 'undici/lib/core/connect.js' {
  import { buildConnector } from 'undici';

  export default buildConnector;
}

declare module 'undici/lib/core/socks5-client.js' {
  import { EventEmitter } from 'node:events';
  import { Socket } from 'node:net';

  interface Events {
    authenticated: [];
    connected: [];
    close: [];
    error: [Error & { readonly code?: string }];
  }

  /** Speaks SOCKS5 on a socket. */
  export class Socks5Client extends EventEmitter<Events> {
    constructor(socket: Socket, credentials: { username?: string; password?: string });
    handshake(): void;
    connect(host: string, port: number): void;
  }

  const exported: { readonly Socks5Client: typeof Socks5Client };
  export default exported;
}
