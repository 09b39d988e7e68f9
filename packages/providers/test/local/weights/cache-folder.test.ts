// Each system has its own place for caches, and the user the last word.
import os, { homedir } from 'node:os';
import { join } from 'node:path';
import { isG4FError } from '@g4f/core';
import { expect, it, vi } from 'vitest';
import { cacheFolder } from '../../../src/local/weights/cache-folder.ts';

it.each([
  ['linux', { HOME: '/home/me' }, join('/home/me', '.cache', 'g4f')],
  ['linux', { HOME: '/home/me', XDG_CACHE_HOME: '/var/me' }, join('/var/me', 'g4f')],
  ['linux', { HOME: '/home/me', XDG_CACHE_HOME: 'here' }, join('/home/me', '.cache', 'g4f')],
  ['linux', { HOME: 'here', USERPROFILE: '/me' }, join(homedir(), '.cache', 'g4f')],
  ['linux', { HOME: '', XDG_CACHE_HOME: '' }, join(homedir(), '.cache', 'g4f')],
  ['darwin', { HOME: '.' }, join(homedir(), 'Library', 'Caches', 'g4f')],
  ['darwin', { HOME: '/Users/me' }, join('/Users/me', 'Library', 'Caches', 'g4f')],
  ['win32', { USERPROFILE: '/me', LOCALAPPDATA: '/me/local' }, join('/me/local', 'g4f', 'cache')],
  ['win32', { USERPROFILE: '/me' }, join('/me', 'AppData', 'Local', 'g4f', 'cache')],
  ['win32', { G4F_CACHE_DIR: '/mine', LOCALAPPDATA: '/me/local', XDG_CACHE_HOME: '/x' }, '/mine'],
] as const)('%s %j', (platform, env, folder) => {
  expect(cacheFolder(env, platform)).toBe(folder);
});

it('a user whom the system does not know is told what to set', async () => {
  vi.resetModules();
  const unknown = () => {
    throw new Error('A system error occurred: uv_os_get_passwd returned ENOENT');
  };
  vi.doMock('node:os', () => ({ ...os, homedir: () => '', userInfo: unknown }));
  try {
    const fresh = await import('../../../src/local/weights/cache-folder.ts');
    const read = vi.fn(() => fresh.cacheFolder({ HOME: '' }, 'linux'));
    expect(read).toThrow(/set HOME, or G4F_CACHE_DIR/);
    expect(isG4FError(read.mock.results[0]?.value)).toBe(true);
    expect(fresh.cacheFolder({ HOME: '', G4F_CACHE_DIR: '/mine' }, 'linux')).toBe('/mine');
  } finally {
    vi.doUnmock('node:os');
  }
});
