// A file that is sent to a service.

/** Bytes that are sent as they are read; each attempt reads them anew. */
export type BodyStream = AsyncIterable<Uint8Array>;

/** A file as a provider receives it. It is read when it is sent, and again by each further attempt. */
export interface Upload {
  /** Its name, with an extension. */
  readonly name: string;
  /** Its media type, where it is known. */
  readonly type?: string | undefined;
  /** Its length in bytes, where it is known. */
  readonly size?: number | undefined;
  /** Whether it can be read only once, and has been; absent where it can be read again. */
  isSpent?(): boolean;
  /** Its bytes, from the first. @throws G4FError from the stream; `invalid-request` where it can be read only once */
  open(): BodyStream;
}
