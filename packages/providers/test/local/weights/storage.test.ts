// What is wrong with the cache folder is said in a person's words.
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { prepareFolder, storageFailure } from '../../../src/local/weights/storage.ts';
import { temporaryFolder } from '../fake-sources.ts';

const variable = 'G4F_LOCAL_MODEL';
const systemError = (code: string): Error => Object.assign(new Error(`${code}: it failed`), { code });

describe('storageFailure', () => {
  it('says that the disk is full, how much is needed and where', () => {
    const failure = storageFailure(systemError('ENOSPC'), { folder: '/cache', bytes: 98_362_432, variable });
    expect(failure).toMatchObject({ code: 'no-provider' });
    expect(failure?.message).toMatch(/disk is full: the model needs 98\.4 MB in \/cache\. .*G4F_CACHE_DIR/);
  });

  it.each(['EACCES', 'EROFS', 'ENOTDIR', 'EPERM'])(
    'says that the folder cannot be written to (%s)',
    (code) => {
      expect(
        storageFailure(systemError(code), { folder: '/cache', bytes: 1e6, variable })?.message,
      ).toContain(`the folder /cache cannot be written to (${code}), and the model needs 1.0 MB there`);
    },
  );

  it('has nothing to say of other failures', () => {
    expect(
      storageFailure(systemError('ECONNREFUSED'), { folder: '/cache', bytes: 1, variable }),
    ).toBeUndefined();
    expect(storageFailure(new Error('plain'), { folder: '/cache', bytes: 1, variable })).toBeUndefined();
  });
});

describe('prepareFolder', () => {
  it('creates the folder', async () => {
    const folder = join(temporaryFolder(), 'a', 'b');
    await prepareFolder({ folder, bytes: 1, variable });
    expect(existsSync(folder)).toBe(true);
  });

  it('creates it although another process does so at the same time', async () => {
    const folder = join(temporaryFolder(), 'a', 'b', 'c');
    await Promise.all([
      prepareFolder({ folder, bytes: 1, variable }),
      prepareFolder({ folder, bytes: 1, variable }),
      prepareFolder({ folder, bytes: 1, variable }),
    ]);
    expect(existsSync(folder)).toBe(true);
  });

  it('says that a file is in the way', async () => {
    const file = join(temporaryFolder(), 'file');
    writeFileSync(file, '');
    await expect(prepareFolder({ folder: file, bytes: 1, variable })).rejects.toThrow(
      /cannot be written to \(EEXIST\)/,
    );
    await expect(prepareFolder({ folder: join(file, 'a'), bytes: 1, variable })).rejects.toThrow(
      /cannot be written to \(ENOTDIR\)/,
    );
  });

  // Only Linux has a file system that answers every new folder with "no such file"; mkdir's `recursive` loops there.
  it.runIf(process.platform === 'linux')('does not try for ever where no folder can be made', async () => {
    await expect(prepareFolder({ folder: '/proc/g4f/models', bytes: 1, variable })).rejects.toThrow(
      /cannot be written to \(ENOENT\)/,
    );
  });

  it('fails before a byte is fetched when the disk has no room', async () => {
    await expect(prepareFolder({ folder: temporaryFolder(), bytes: 1e18, variable })).rejects.toThrow(
      /disk is full: the model needs/,
    );
  });
});
