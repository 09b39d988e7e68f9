// A file that is written anew: a link stays one, and what is no file is left alone.
import { execFileSync } from 'node:child_process';
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
import { readText, writePrivate } from '../src/store/private-file.ts';
import { openDatabase } from '../src/store/sqlite.ts';

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

  it('is read at once or not at all: a pipe and a device have no end', async () => {
    const [pipe, device] = [join(folder, 'config.yaml'), join(folder, 'keys.json')];
    execFileSync('mkfifo', [pipe]);
    symlinkSync('/dev/zero', device);
    expect(() => readText(pipe)).toThrow(
      `cannot read ${pipe}: it is a pipe, and must be a file. Move it away`,
    );
    expect(() => readText(device)).toThrow(`cannot read ${device}: it is a device or a socket, and must be`);
    expect(() => readText(folder)).toThrow(`cannot read ${folder}: it is a folder, and must be a file`);
    await expect(openDatabase(pipe)).rejects.toThrow('it is a pipe, and must be a file');
    expect(readText(join(folder, 'none'))).toBeUndefined();
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
