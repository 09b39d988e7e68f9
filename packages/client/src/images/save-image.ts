// Writes an image to a file, as a program names it: what carries it out is loaded with the first image.
import type { GeneratedImage } from '@g4f/core';

/** How an image is saved. */
export interface SaveOptions {
  /** Gives up a download. */
  readonly signal?: AbortSignal;
}

/**
 * Writes an image, and gives the path of its file. The extension is that of the content: `.png`, `.jpg` (or `.jpeg`), `.webp`, `.gif`
 * or `.avif`; one of these that is another is replaced, and any other name gets it at its end. A file that is there is replaced as a
 * whole; where something goes wrong there is no new file, and no half of one.
 *
 * @param image of an answer, or an event of a stream: its bytes are written, or what its address gives (of the public web, at most 64 MiB).
 * @throws G4FError `invalid-request` for what is no image, and where it cannot be written; `network` or `timeout` where it cannot be downloaded
 */
export const saveImage = async (
  image: GeneratedImage,
  path: string | URL,
  options: SaveOptions = {},
): Promise<string> => {
  const { writeImage } = await import('./write-image.ts');
  return writeImage(image, path, options);
};
