// The gateway, with the keys and the configuration of this command, until it is stopped.
import { clientOptions, environment, settledConfig } from '../asking/open-client.ts';
import { EXIT, exitCodeOf } from '../failure/exit-code.ts';
import type { Config } from '../store/config-file.ts';
import type { Environment } from '../store/folders.ts';
import { out } from '../terminal/output.ts';

/** How it is started, as it was written. */
export interface GatewayOptions {
  readonly port?: string;
  readonly host?: string;
  readonly config?: string;
  readonly state?: string;
  readonly watch?: boolean;
  readonly insecure?: boolean;
}

/** A page that it serves besides, and who is told its address. */
export interface GatewayPage {
  readonly page: Readonly<Record<string, { readonly type: string; readonly body: string }>>;
  readonly onListening: (url: string) => void;
}

/**
 * Runs the command of `@g4f/server`.
 * @param name what it is called in what it says.
 * @param pageOf makes the page, of the configuration and the environment.
 * @returns its exit code.
 */
export const runGateway = async (
  name: string,
  options: GatewayOptions,
  pageOf?: (config: Config, env: Environment) => Promise<GatewayPage>,
): Promise<number> => {
  // From now on: the keychain may take seconds.
  const signals = hearSignals();
  const found = await Promise.race([signals.stopped, findAll(pageOf)]);
  if (found === undefined) return EXIT.ok;
  const { runCommand, ...ofClient } = found;
  const running = runCommand(argumentsOf(options), {
    ...ofClient,
    name,
    version: '',
    folder: process.cwd(),
    out: (text) => process.stderr.write(text),
    print: out,
    exitCodeOf,
    onSignal: (end) => void signals.stopped.then(end),
    onReload: (reload) => process.on('SIGHUP', reload),
  });
  signals.passHangUps();
  return running;
};

/** The command of the gateway, and what it serves with. */
async function findAll(pageOf?: Parameters<typeof runGateway>[2]) {
  const { runCommand } = await import('@g4f/server/command');
  const env = await environment();
  const config = await settledConfig();
  return { runCommand, env, client: clientOptions(config, env), ...(await pageOf?.(config, env)) };
}

/** Hears signals, whatever is done meanwhile. */
function hearSignals() {
  let isHungUp = false;
  const keep = (): void => {
    isHungUp = true;
  };
  process.on('SIGHUP', keep);
  const stopped = new Promise<undefined>((resolve) => {
    // Once: the second signal ends the process.
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve(undefined));
  });
  return {
    stopped,
    /** What came so far is for whoever listens now: nobody, where there is no file to read again. */
    passHangUps(): void {
      process.off('SIGHUP', keep);
      if (isHungUp) process.kill(process.pid, 'SIGHUP');
    },
  };
}

/** What was typed, as the command of the server reads it. */
const argumentsOf = ({ port, host, config, state, watch, insecure }: GatewayOptions): readonly string[] => [
  ...Object.entries({ port, host, config, state }).flatMap(([name, value]) =>
    value === undefined ? [] : [`--${name}=${value}`],
  ),
  ...(watch === false ? ['--no-watch'] : []),
  ...(insecure ? ['--insecure'] : []),
];
