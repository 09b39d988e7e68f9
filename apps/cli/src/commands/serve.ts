// The gateway, with the keys and the configuration of the command.
import { type Command, InvalidArgumentError } from 'commander';
import { openClient } from '../asking/open-client.ts';
import { note } from '../terminal/output.ts';

interface ServeOptions {
  readonly port?: number;
  readonly host?: string;
  readonly insecure?: boolean;
}

/** Lines to try. */
export const examples = [
  ['g4f serve', 'serves on http://127.0.0.1:4114, until Ctrl-C'],
  ['g4f serve --port 0', 'takes a port that is free'],
] as const;

const port = (text: string): number => {
  if (!/^\d{1,5}$/.test(text)) throw new InvalidArgumentError('It must be a whole number from 0 to 65535.');
  return Number(text);
};

/** Adds what it takes. */
export const define = (command: Command): void => {
  command
    .option('--port <number>', 'where it listens: 4114; 0 takes a free one', port)
    .option(
      '--host <address>',
      'the address it listens on; any but this machine’s needs G4F_SERVER_KEYS or --insecure',
    )
    .option('--insecure', 'lets anybody who reaches it use the providers')
    .action(serveUntilStopped);
};

async function serveUntilStopped({ port: number, host, insecure }: ServeOptions): Promise<void> {
  const { serve } = await import('@g4f/server');
  const { client } = await openClient();
  const keys = (process.env.G4F_SERVER_KEYS ?? '')
    .split(',')
    .map((key) => key.trim())
    .filter((key) => key !== '');
  const server = await serve({
    client,
    ...(keys.length > 0 && { keys }),
    ...(number !== undefined && { port: number }),
    ...(host !== undefined && { host }),
    ...(insecure !== undefined && { insecure }),
  });
  const stopped = new Promise<void>((resolve) => {
    // Once: the second signal ends the process.
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
  note(`serves on ${server.url} (OpenAI: ${server.url}/v1). Ctrl-C ends it.`);
  await stopped;
  note('running calls may end …');
  await server.close();
  client.close();
}
