// The most that is read of what a person attaches. More is refused by name, never cut in silence.

/** In bytes, unless the name says otherwise. */
export const ATTACHED = {
  /** Of one text, page or standard input that is text. */
  textBytes: 4 * 1024 ** 2,
  /** Of one image, recording or document. */
  mediaBytes: 25 * 1024 ** 2,
  /** Of all texts of one folder together. */
  folderBytes: 4 * 1024 ** 2,
  folderFiles: 1000,
  /** How long an address may take, in ms. */
  fetchMs: 60_000,
} as const;

/** A limit as a person reads it. */
export const inMegabytes = (bytes: number): string => `${Math.round(bytes / 1024 ** 2)} MiB`;
