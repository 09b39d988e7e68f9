// An error of the worker is the same error on the caller's side, with both threads in its stack.
import { G4FError } from '@g4f/core';
import { expect, it } from 'vitest';
import { reviveError } from '../../src/sync/worker-error.ts';

it('keeps class, fields and cause, and shows the caller’s line before the worker’s', () => {
  const cause = Object.assign(new Error('connect refused'), { code: 'ECONNREFUSED' });
  const thrown = new G4FError('acme: no answer. Try again.', {
    code: 'network',
    provider: 'acme',
    status: 502,
    cause,
  });
  thrown.stack = 'G4FError: acme: no answer. Try again.\n    at send (file:///worker/send.js:1:2)';
  const data = JSON.stringify(thrown.toData());

  const error = (function askedByUser() {
    return (function next(): unknown {
      return reviveError(data, next);
    })();
  })();

  expect(error).toBeInstanceOf(G4FError);
  expect(error).toMatchObject({
    code: 'network',
    provider: 'acme',
    status: 502,
    retryable: true,
    cause: { message: 'connect refused', code: 'ECONNREFUSED' },
  });
  const lines = (error instanceof Error ? (error.stack ?? '') : '').split('\n');
  expect(lines[0]).toBe('G4FError: acme: no answer. Try again.');
  expect(lines[1]).toContain('askedByUser');
  expect(lines.at(-2)).toContain('inside the call');
  expect(lines.at(-1)).toContain('worker/send.js');
});
