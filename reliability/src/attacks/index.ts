// All attacks, by kind.
import type { Attack } from './attack.ts';
import { PLACES_ATTACKS } from './places.ts';
import { SECRETS_ATTACKS } from './secrets.ts';
import { TIME_ATTACKS } from './time.ts';

export const ATTACKS: readonly Attack[] = [...PLACES_ATTACKS, ...SECRETS_ATTACKS, ...TIME_ATTACKS];
