// All attacks, by kind.
import type { Attack } from './attack.ts';
import { PATH_ATTACKS } from './paths.ts';
import { SECRETS_ATTACKS } from './secrets.ts';
import { TIME_ATTACKS } from './time.ts';

export const ATTACKS: readonly Attack[] = [...PATH_ATTACKS, ...SECRETS_ATTACKS, ...TIME_ATTACKS];
