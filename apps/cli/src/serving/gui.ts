// The gateway, and its chat page opened in the browser.
import type { Command } from 'commander';
import { type AskedModel, modelFor } from '../asking/model-for.ts';
import { note, out } from '../terminal/output.ts';
import { openBrowser } from './open-browser.ts';
import { readChatPage } from './read-page.ts';
import { type GatewayOptions, runGateway } from './run-gateway.ts';

interface GuiOptions extends GatewayOptions {
  readonly model?: string;
  readonly provider?: string;
  readonly open: boolean;
}

/** Lines to try. */
export const examples = [
  ['g4f gui', 'opens a chat in the browser, until Ctrl-C'],
  ['g4f gui -m gpt-5.4 --no-open', 'with this model, and prints the address alone'],
] as const;

/** Adds what it takes. */
export const define = (command: Command): void => {
  command
    .option('-m, --model <name>', 'the model that is chosen at first')
    .option('-p, --provider <id>', 'the service that is asked for it (see g4f providers)')
    .option('--port <number>', 'where it listens; without it, where a port is free')
    .option(
      '--host <address>',
      'the address it listens on; any but this machine’s needs G4F_SERVER_KEYS or --insecure',
    )
    .option(
      '--config <file>',
      'the configuration of the gateway; g4f.config.yaml of this folder, if there is one',
    )
    .option('--insecure', 'lets anybody who reaches it use the providers')
    .option('--no-open', 'opens no browser')
    .action(gui);
};

async function gui({ model, provider, open, ...options }: GuiOptions): Promise<void> {
  process.exitCode = await runGateway('g4f gui', { port: '0', ...options }, async (config, env) => {
    const chosen = await modelFor({ model, provider }, config, env);
    return { page: readChatPage(), onListening: (url) => show(`${url}/chat#${placeOf(chosen)}`, open) };
  });
}

/** What the page asks, as it stands behind its address. */
const placeOf = ({ model, provider }: AskedModel): URLSearchParams =>
  new URLSearchParams({ model: provider === undefined ? model : `${provider}:${model}` });

function show(address: string, open: boolean): void {
  if (!open) return void out(`${address}\n`);
  note(`the chat is at ${address}`);
  openBrowser(address, () => note('no browser could be opened: open the address yourself.'));
}
