// All attacks, by kind.
import type { Attack } from './attack.ts';
import { TIME_ATTACKS } from './time.ts';

export const ATTACKS: readonly Attack[] = [...TIME_ATTACKS];
