// A target that is a whole address must be of the host that the request names.
import { expect, it } from 'vitest';
import { namesOtherHost } from '../../src/internal/other-host.ts';

it.each([
  ['/v1/models', 'anything', false],
  ['//evil.test/v1', 'localhost', false],
  ['*', 'localhost', false],
  ['http://localhost:80/v1', 'localhost', false],
  ['HTTP://LocalHost:4114/v1', 'localhost:4114', false],
  ['http://127.1:4114/v1', '127.0.0.1:4114', false],
  ['http://localhost/v1', '', false],
  ['http://evil.test/v1', 'localhost', true],
  ['http://localhost:4115/v1', 'localhost:4114', true],
  ['https://localhost@evil.test/v1', 'localhost', true],
  ['ftp://evil.test/', 'localhost', true],
  ['http://[/', 'localhost', true],
  ['http://localhost/', 'a b', true],
])('%s for %s: %s', (target, host, isOther) => {
  expect(namesOtherHost(target, host)).toBe(isOther);
});
