// What may stand where a file is expected.

/** The content of a file: a path, an address or a data URL; bytes; or a stream, which can be sent once. */
export type UploadData =
  | string
  | URL
  | Uint8Array
  | ArrayBuffer
  | Blob
  | ReadableStream<Uint8Array>
  | AsyncIterable<Uint8Array>;

/** Content with a name, by which services tell the format of bytes. */
export interface NamedUpload {
  readonly data: UploadData;
  /** With an extension, such as `speech.mp3`. */
  readonly name?: string;
  /** The media type. */
  readonly type?: string;
}

/**
 * A file: its path (`./speech.mp3`, a `file:` URL), an `http:` or `https:` address, which is downloaded, a data URL, bytes, a Blob
 * or File, or a stream. A stream is sent once: no other provider can be asked after it, and `Client` cannot take it. A path is
 * opened as it stands: do not take it from an end user's data.
 */
export type Uploadable = UploadData | NamedUpload;
