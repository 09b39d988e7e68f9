// What a route answers, in the form that every runtime can send: `web-response.ts` makes a `Response` of it, and
// `node/send.ts` writes it to a response of Node's without one.

/** An answer before it is sent. */
export interface Answer {
  /** HTTP status. */
  readonly status: number;
  /** Names are in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** `null` where there is none. */
  readonly body: string | Uint8Array<ArrayBuffer> | PieceSource | null;
}

/** What is written at once. */
export interface Piece {
  readonly data: string | Uint8Array;
  /** Whether nothing follows. */
  readonly isLast: boolean;
}

/** A body that comes in pieces. The next piece is asked for when the caller's connection takes more. */
export interface PieceSource {
  /** Called before the first piece is asked for. @param write writes at once, also while a piece is awaited; not after the last. */
  start?(write: (data: string) => void): void;
  /** @throws what makes the body end without a good end: the connection is then closed. */
  next(): Promise<Piece>;
  /** The caller has left. */
  cancel(): Promise<void> | void;
}

/** An answer that is a text of this type. */
export const textAnswer = (
  body: string,
  type: string,
  headers: Readonly<Record<string, string>> = {},
): Answer => ({ status: 200, headers: { 'content-type': type, ...headers }, body });
