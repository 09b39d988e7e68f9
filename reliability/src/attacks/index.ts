// All attacks, by kind.
import type { Attack } from './attack.ts';
import { OPTIONS_ATTACKS } from './options.ts';
import { SECRETS_ATTACKS } from './secrets.ts';
import { TIME_ATTACKS } from './time.ts';

export const ATTACKS: readonly Attack[] = [...OPTIONS_ATTACKS, ...SECRETS_ATTACKS, ...TIME_ATTACKS];
