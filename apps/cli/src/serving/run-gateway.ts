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
  const onSignal = stopOnSignal();
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

/** Listens from now on: whoever reads that the gateway listens may stop it at once. The second signal ends the process. */
function stopOnSignal(): (end: () => void) => void {
  let isStopped = false;
  let end = (): void => undefined;
  const stop = (): void => {
    isStopped = true;
    end();
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, stop);
  return (given) => {
    end = given;
    if (isStopped) given();
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
