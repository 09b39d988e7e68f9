// The gateway: the command of @g4f/server, with the keys and the configuration of this one.
import type { Command } from 'commander';
import { type GatewayOptions, runGateway } from './run-gateway.ts';

/** Lines to try. */
export const examples = [
  ['g4f serve', 'serves on http://127.0.0.1:4114, until Ctrl-C'],
  ['g4f serve --port 0', 'takes a port that is free'],
] as const;

/** Adds what it takes. */
export const define = (command: Command): void => {
  command
    .option('--port <number>', 'where it listens: 4114; 0 takes a free one')
    .option(
      '--host <address>',
      'the address it listens on; any but this machine’s needs G4F_SERVER_KEYS or --insecure',
    )
    .option(
      '--config <file>',
      'the configuration of the gateway; g4f.config.yaml of this folder, if there is one',
    )
    .option('--state <place>', 'where virtual keys are kept: memory, sqlite:file.db, redis://…, or none')
    .option('--no-watch', 'does not read the file again when it changes')
    .option('--insecure', 'lets anybody who reaches it use the providers')
    .action(serveUntilStopped);
};

async function serveUntilStopped(given: GatewayOptions): Promise<void> {
  process.exitCode = await runGateway('g4f serve', given);
}
