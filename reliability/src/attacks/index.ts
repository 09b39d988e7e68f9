// All attacks, by kind.
import type { Attack } from './attack.ts';
import { COUNT_ATTACKS } from './counts.ts';
import { EMBEDDED_ATTACKS } from './embedded.ts';
import { EMBEDDING_ATTACKS } from './embeddings.ts';
import { IDLE_ATTACKS } from './gateway/idle.ts';
import { GATEWAY_ATTACKS } from './gateway/index.ts';
import { HOSTING_ATTACKS } from './hosting.ts';
import { MEMORY_ATTACKS } from './memory.ts';
import { NAMES_ATTACKS } from './names.ts';
import { OPTIONS_ATTACKS } from './options.ts';
import { PATH_ATTACKS } from './paths.ts';
import { PLACES_ATTACKS } from './places.ts';
import { READ_AGAIN_ATTACKS } from './read-again.ts';
import { REDACTION_ATTACKS } from './redaction.ts';
import { REDACTION_PIECES_ATTACKS } from './redaction-pieces.ts';
import { SECRETS_ATTACKS } from './secrets.ts';
import { SIZES_ATTACKS } from './sizes.ts';
import { REDIS_ATTACKS } from './state/redis.ts';
import { SQLITE_ATTACKS } from './state/sqlite.ts';
import { TIME_ATTACKS } from './time.ts';
import { MCP_ATTACKS } from './tools/mcp.ts';
import { RECORDING_ATTACKS } from './tools/recordings.ts';
import { STORE_ATTACKS } from './tools/stores.ts';
import { WEB_ATTACKS } from './tools/web.ts';

export const ATTACKS: readonly Attack[] = [
  ...COUNT_ATTACKS,
  ...READ_AGAIN_ATTACKS,
  ...EMBEDDED_ATTACKS,
  ...EMBEDDING_ATTACKS,
  ...GATEWAY_ATTACKS,
  ...HOSTING_ATTACKS,
  ...IDLE_ATTACKS,
  ...MCP_ATTACKS,
  ...MEMORY_ATTACKS,
  ...NAMES_ATTACKS,
  ...OPTIONS_ATTACKS,
  ...PATH_ATTACKS,
  ...PLACES_ATTACKS,
  ...RECORDING_ATTACKS,
  ...REDACTION_ATTACKS,
  ...REDACTION_PIECES_ATTACKS,
  ...REDIS_ATTACKS,
  ...SECRETS_ATTACKS,
  ...SIZES_ATTACKS,
  ...SQLITE_ATTACKS,
  ...STORE_ATTACKS,
  ...TIME_ATTACKS,
  ...WEB_ATTACKS,
];
