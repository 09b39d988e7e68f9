// Where keys are kept unless the command is told.
import { expect, it } from 'vitest';
import { saidState } from '../../src/admin/state-place.ts';

it.each([
  [{ HOME: '/home/ann', XDG_STATE_HOME: '/states' }, 'linux', '/states/g4f/gateway.db'],
  // The XDG specification ignores paths that are not absolute.
  [{ HOME: '/home/ann', XDG_STATE_HOME: 'states' }, 'linux', '/home/ann/.local/state/g4f/gateway.db'],
  [{ HOME: '/home/ann', LOCALAPPDATA: '/local' }, 'linux', '/home/ann/.local/state/g4f/gateway.db'],
  [{ HOME: '/home/ann', LOCALAPPDATA: '/local' }, 'win32', '/local/g4f/gateway.db'],
] as const)('of %j on %s', (env, platform, file) => {
  const found = saidState({ argument: undefined, file: undefined, env, platform });
  expect(found?.replaceAll('\\', '/')).toBe(`sqlite:${file}`);
});
