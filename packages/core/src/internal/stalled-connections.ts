// Connections of a server over which nothing goes: those that nobody reads are closed, and those over which nothing is asked.

/** A connection of Node's `http.Server`. */
interface ServerConnection {
  /** Bytes that wait to be taken by the caller. */
  readonly writableLength: number;
  /** The answer that is being made on it: Node looks at the same. */
  readonly _httpMessage?: unknown;
  destroy(): unknown;
}

/** What of Node's `http.Server` is used. */
interface TimedServer {
  timeout: number;
  on(event: 'timeout', listener: (connection: ServerConnection) => void): unknown;
}

/** Closes them after so many ms. One whose answer is being made, and waits for its provider, is left alone. */
export const closeStalled = (server: TimedServer, ms: number): void => {
  server.timeout = ms;
  server.on('timeout', (connection) => {
    if (connection.writableLength > 0 || connection._httpMessage == null) connection.destroy();
  });
};
