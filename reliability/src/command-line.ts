// The command line of the long runs: help, and a clear line for what is not understood.
import { type ParseArgsConfig, parseArgs } from 'node:util';

type OptionsConfig = NonNullable<ParseArgsConfig['options']>;
type Values<T extends OptionsConfig> = ReturnType<typeof parseArgs<{ options: T }>>['values'];

/** Prints the line and ends the program with exit code 2. */
const refuse = (why: string): never => {
  console.error(`${why}. --help tells what there is.`);
  process.exit(2);
};

/** The options that were given. `--help` prints `help` and ends the program; what is not known is refused. */
export const readOptions = <T extends OptionsConfig>(
  help: string,
  options: T,
): Values<T> & { readonly refuse: (why: string) => never } => {
  const given = process.argv.slice(2).filter((word) => word !== '--');
  if (given.includes('--help') || given.includes('-h')) {
    console.log(help);
    process.exit(0);
  }
  try {
    const { values } = parseArgs({ args: given, options });
    return { ...values, refuse };
  } catch (error) {
    return refuse(error instanceof Error ? (error.message.split('. ')[0] ?? '') : String(error));
  }
};
