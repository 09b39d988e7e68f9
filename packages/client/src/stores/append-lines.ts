// Adds lines to a file in one write, which no other process comes between.
import { constants, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { LIMITS } from '@g4f/core';
import { endsTorn } from '../files/ends-torn.ts';
import { withPlainFile } from '../files/plain-file.ts';
import { TORN } from './read-lines.ts';
import { damaged, noFile, storeError } from './store-error.ts';

const { O_APPEND, O_CREAT, O_RDWR } = constants;

/**
 * @param first the first line of a new file.
 * @throws G4FError `invalid-request` where it cannot be written. Then a part of a line may be there, which the next one who writes marks.
 */
export const appendLines = (path: string, lines: readonly string[], first?: string): void => {
  try {
    withPlainFile(path, O_RDWR | O_APPEND | O_CREAT, noFile(`fileStore: ${path}`), (file, size) => {
      const before = size === 0 ? (first === undefined ? [] : [first]) : endsTorn(file) ? ['', TORN] : [];
      const bytes = Buffer.from(`${[...before, ...lines].join('\n')}\n`);
      if (size + bytes.length > LIMITS.conversationBytes)
        throw damaged(
          `fileStore: ${path} would be larger than the limit of ${LIMITS.conversationBytes} bytes. Begin another conversation`,
        );
      // A disk that is full takes a part, and refuses the rest.
      for (let written = 0; written < bytes.length; ) written += writeSync(file, bytes, written);
    });
  } catch (error) {
    throw isOwn(error) ? error : storeError(`fileStore: ${path} cannot be written`, error, dirname(path));
  }
};

const isOwn = (error: unknown): boolean => error instanceof Error && error.name === 'G4FError';
