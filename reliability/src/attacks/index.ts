// All attacks, by kind.
import type { Attack } from './attack.ts';
import { EMBEDDED_ATTACKS } from './embedded.ts';
import { HOSTING_ATTACKS } from './hosting.ts';
import { SECRETS_ATTACKS } from './secrets.ts';
import { TIME_ATTACKS } from './time.ts';

export const ATTACKS: readonly Attack[] = [
  ...SECRETS_ATTACKS,
  ...TIME_ATTACKS,
  ...EMBEDDED_ATTACKS,
  ...HOSTING_ATTACKS,
];
