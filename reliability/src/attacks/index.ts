// All attacks, by kind.
import type { Attack } from './attack.ts';
import { COUNT_ATTACKS } from './counts.ts';
import { EMBEDDED_ATTACKS } from './embedded.ts';
import { EMBEDDING_ATTACKS } from './embeddings.ts';
import { HOSTING_ATTACKS } from './hosting.ts';
import { MEMORY_ATTACKS } from './memory.ts';
import { OPTIONS_ATTACKS } from './options.ts';
import { PATH_ATTACKS } from './paths.ts';
import { PLACES_ATTACKS } from './places.ts';
import { REDACTION_ATTACKS } from './redaction.ts';
import { SECRETS_ATTACKS } from './secrets.ts';
import { SIZES_ATTACKS } from './sizes.ts';
import { TIME_ATTACKS } from './time.ts';

export const ATTACKS: readonly Attack[] = [
  ...COUNT_ATTACKS,
  ...EMBEDDED_ATTACKS,
  ...EMBEDDING_ATTACKS,
  ...HOSTING_ATTACKS,
  ...MEMORY_ATTACKS,
  ...OPTIONS_ATTACKS,
  ...PATH_ATTACKS,
  ...PLACES_ATTACKS,
  ...REDACTION_ATTACKS,
  ...SECRETS_ATTACKS,
  ...SIZES_ATTACKS,
  ...TIME_ATTACKS,
];
