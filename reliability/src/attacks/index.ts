// All attacks, by kind.
import type { Attack } from './attack.ts';
import { MEMORY_ATTACKS } from './memory.ts';
import { SECRETS_ATTACKS } from './secrets.ts';
import { SIZES_ATTACKS } from './sizes.ts';
import { TIME_ATTACKS } from './time.ts';

export const ATTACKS: readonly Attack[] = [
  ...SECRETS_ATTACKS,
  ...TIME_ATTACKS,
  ...SIZES_ATTACKS,
  ...MEMORY_ATTACKS,
];
