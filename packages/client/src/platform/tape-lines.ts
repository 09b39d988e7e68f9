// What a file of a tape has.

/** Its whole lines by their numbers, from 1, and the numbers of those that were not written to their ends. */
export interface TapeLines {
  readonly lines: readonly { readonly text: string; readonly number: number }[];
  readonly torn: readonly number[];
}
