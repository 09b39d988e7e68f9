// All attacks, by kind.
import type { Attack } from './attack.ts';
import { COUNT_ATTACKS } from './counts.ts';
import { PLACES_ATTACKS } from './places.ts';
import { SECRETS_ATTACKS } from './secrets.ts';
import { TIME_ATTACKS } from './time.ts';

export const ATTACKS: readonly Attack[] = [
  ...COUNT_ATTACKS,
  ...PLACES_ATTACKS,
  ...SECRETS_ATTACKS,
  ...TIME_ATTACKS,
];
