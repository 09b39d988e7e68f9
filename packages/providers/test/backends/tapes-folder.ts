// Where the recordings of a provider lie.
import { join } from 'node:path';

/** The folder for a provider's tapes; `npm run record` writes there. */
export const tapesFolder = (id: string): string => join(import.meta.dirname, 'tapes', id);
