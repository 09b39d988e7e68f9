// The connections of a server, so that those over which nothing is answered can be closed when it ends.
import type { Server } from 'node:http';
import type { Socket } from 'node:net';

/** Node takes a connection over which no request has come yet for busy, and keeps one alive whose last answer ends while the server closes. */
export class Connections {
  /** How many answers run over each. */
  readonly #running = new Map<Socket, number>();
  #isEnding = false;

  constructor(server: Server) {
    server.on('connection', (socket) => {
      this.#running.set(socket, 0);
      socket.once('close', () => this.#running.delete(socket));
    });
    server.on('request', ({ socket }, answer) => {
      this.#add(socket, 1);
      answer.once('close', () => this.#add(socket, -1));
    });
  }

  /** Closes those over which nothing is answered, and each other with the last answer over it. */
  end(): void {
    this.#isEnding = true;
    for (const [socket, running] of this.#running) if (running === 0) socket.destroySoon();
  }

  #add(socket: Socket, more: 1 | -1): void {
    const running = this.#running.get(socket);
    // It is closed already.
    if (running === undefined) return;
    this.#running.set(socket, running + more);
    if (this.#isEnding && running + more === 0) socket.destroySoon();
  }
}
