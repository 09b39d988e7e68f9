// What a permission model refused is told from other failures, wherever it is among the causes.
import { describe, expect, it } from 'vitest';
import { toG4FError } from '../../src/index.ts';
import { deniedFlag, notPermitted } from '../../src/internal.ts';

const node = (permission?: string, message = 'Access to this API has been restricted'): Error =>
  Object.assign(new Error(message), { code: 'ERR_ACCESS_DENIED', ...(permission && { permission }) });
const deno = (message: string, name = 'NotCapable'): Error => Object.assign(new Error(message), { name });
const NEEDS_NET = 'Requires net access to "127.0.0.1:9", run again with the --allow-net flag';

describe('deniedFlag', () => {
  it.each([
    ['Node, a file', node('FileSystemRead'), '--allow-fs-read'],
    ['Node, writing', node('FileSystemWrite'), '--allow-fs-write'],
    ['Node, a thread', node('WorkerThreads'), '--allow-worker'],
    ['Node, a process', node('ChildProcess'), '--allow-child-process'],
    ['Node, the network', node('Net'), '--allow-net'],
    ['Node, something new', node('New', 'Use --allow-new-thing to manage permissions.'), '--allow-new-thing'],
    ['Node, without a word', node(), '--allow-…'],
    ['Deno', deno(NEEDS_NET), '--allow-net'],
    [
      'Deno 1',
      deno('Requires read access to "/x", run again with the --allow-read flag', 'PermissionDenied'),
      '--allow-read',
    ],
    ['as a cause', new TypeError('fetch failed', { cause: node('Net') }), '--allow-net'],
    ['for the first of several addresses', new AggregateError([node('Net'), node('Net')]), '--allow-net'],
  ])('%s', (_, error, flag) => {
    expect(deniedFlag(error)).toBe(flag);
    expect(toG4FError(error, { code: 'network', provider: 'p' })).toMatchObject({
      code: 'invalid-request',
      provider: 'p',
      retryable: false,
      message: expect.stringContaining(`Start the program with ${flag} as well.`),
      cause: { message: error.message },
    });
  });

  it.each([
    ['another failure', Object.assign(new Error('--allow-net'), { code: 'EACCES' })],
    ['a file of another user', deno('Permission denied (os error 13)', 'PermissionDenied')],
    ['no error', { code: 'ERR_ACCESS_DENIED' }],
    ['nothing', undefined],
  ])('is undefined for %s', (_, thrown) => {
    expect(deniedFlag(thrown)).toBeUndefined();
    expect(toG4FError(thrown, { code: 'network' }).code).toBe('network');
  });

  it('follows causes that go in a circle to an end', () => {
    const error = new Error('round');
    error.cause = error;
    expect(deniedFlag(error)).toBeUndefined();
  });
});

describe('notPermitted', () => {
  const start = "the runtime's permission model forbids it. Start the program with";

  it('names the path of a file besides its flag', () => {
    expect(notPermitted(node('FileSystemRead'), '/a.mp3')).toBe(`${start} --allow-fs-read=/a.mp3 as well`);
    const named = Object.assign(node('FileSystemWrite'), { resource: '/b' });
    expect(notPermitted(named)).toBe(`${start} --allow-fs-write=/b as well`);
    const read = 'Requires read access to "/x", run again with the --allow-read flag';
    expect(notPermitted(deno(read), '/x')).toBe(`${start} --allow-read=/x as well`);
  });

  it('names no path where none is known, or the flag takes none', () => {
    expect(notPermitted(node('FileSystemRead'))).toBe(`${start} --allow-fs-read as well`);
    expect(notPermitted(node('Net'), '/a')).toBe(`${start} --allow-net as well`);
    expect(notPermitted(new Error('no'), '/a')).toBeUndefined();
  });
});
