// Where the recordings of a backend lie.
import { join } from 'node:path';

/** The folder for a backend's tapes; `pnpm record` writes there. */
export const tapesFolder = (id: string): string => join(import.meta.dirname, 'tapes', id);
