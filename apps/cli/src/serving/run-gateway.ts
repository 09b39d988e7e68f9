// The gateway, with the keys and the configuration of this command, until it is stopped.
import { clientOptions, environment, settledConfig } from '../asking/open-client.ts';
import { exitCodeOf } from '../failure/exit-code.ts';
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

/** Runs the command of `@g4f/server`. @param name what it is called in what it says. @returns its exit code. */
export const runGateway = async (
  name: string,
  options: GatewayOptions,
  page?: GatewayPage,
): Promise<number> => {
  const { runCommand } = await import('@g4f/server/command');
  const env = await environment();
  return runCommand(argumentsOf(options), {
    env,
    client: clientOptions(await settledConfig(), env),
    name,
    version: '',
    folder: process.cwd(),
    out: (text) => process.stderr.write(text),
    print: out,
    ...page,
    exitCodeOf,
    onSignal,
    onReload: (reload) => process.on('SIGHUP', reload),
  });
};

/** Once: the second signal ends the process. */
const onSignal = (end: () => void): void => {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, end);
};

/** What was typed, as the command of the server reads it. */
const argumentsOf = ({ port, host, config, state, watch, insecure }: GatewayOptions): readonly string[] => [
  ...Object.entries({ port, host, config, state }).flatMap(([name, value]) =>
    value === undefined ? [] : [`--${name}=${value}`],
  ),
  ...(watch === false ? ['--no-watch'] : []),
  ...(insecure ? ['--insecure'] : []),
];
