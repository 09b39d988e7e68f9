// What stands under a path in the place of a file. A pipe and a device have no end, and to open a pipe may take for ever.

/** What `node:fs` knows of it. */
export interface PlaceKind {
  isFile(): boolean;
  isDirectory(): boolean;
  isFIFO(): boolean;
}

/** Such as `a pipe`, for an error; undefined for a file. */
export const notAFile = (place: PlaceKind): string | undefined => {
  if (place.isFile()) return undefined;
  return place.isDirectory() ? 'a folder' : place.isFIFO() ? 'a pipe' : 'a device or a socket';
};
