// packages/server/g4f.config.schema.json: the schema of the gateway's configuration, for editors.
import { configJsonSchema } from '../packages/server/src/config/json-schema.ts';

/** The file. */
export const renderConfigSchema = (): string => `${JSON.stringify(configJsonSchema(), null, 2)}\n`;
