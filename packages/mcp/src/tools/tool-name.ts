// The names by which a model knows tools of MCP servers.
import { createHash } from 'node:crypto';

/** The most that OpenAI takes, and the letters. Source: https://platform.openai.com/docs/api-reference/chat/create */
const MOST_CHARACTERS = 64;
const HASH_CHARACTERS = 8;

/** `server__tool`, of the letters that all services take. What is too long, or taken, ends in a hash of the whole name. */
export const toolName = (server: string, tool: string, isTaken: (name: string) => boolean): string => {
  const name = `${plain(server)}__${plain(tool)}`;
  if (name.length <= MOST_CHARACTERS && !isTaken(name)) return name;
  const hash = createHash('sha256')
    .update(JSON.stringify([server, tool]))
    .digest('hex')
    .slice(0, HASH_CHARACTERS);
  return `${name.slice(0, MOST_CHARACTERS - HASH_CHARACTERS - 1)}_${hash}`;
};

const plain = (text: string): string => text.replace(/[^a-zA-Z0-9_-]/g, '_');
