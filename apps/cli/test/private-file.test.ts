// A file that is written anew: a link stays one, and what is no file is left alone.
import { once } from 'node:events';
import {
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writePrivate } from '../src/store/private-file.ts';

describe.skipIf(process.platform === 'win32')('a private file', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'g4f-private-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('is written where a link to it leads, and the link stays', () => {
    const [link, file] = [join(folder, 'config.yaml'), join(folder, 'dotfiles.yaml')];
    writeFileSync(file, 'old');
    symlinkSync(file, link);
    writePrivate(link, 'new');
    expect(lstatSync(link).isSymbolicLink()).toBe(true);
    expect(readFileSync(file, 'utf8')).toBe('new');
    expect(lstatSync(file).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder).sort()).toEqual(['config.yaml', 'dotfiles.yaml']);
  });

  it('does not replace what is no file', async () => {
    const socket = join(folder, 'socket');
    const server = createServer().listen(socket);
    await once(server, 'listening');
    expect(() => writePrivate(socket, 'new')).toThrow(`cannot write ${socket}: it is not a file`);
    expect(lstatSync(socket).isSocket()).toBe(true);
    server.close();
  });
});
