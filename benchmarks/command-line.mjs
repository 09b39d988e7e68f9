// What the command lines of the benchmarks have in common: options are read, checked, and refused in one way.
import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { ownArgs } from './own-args.mjs';

/** Says what is wrong with what was asked for, and ends the process. */
export const refuse = (why) => {
  console.error(`${why}. --help tells what there is.`);
  process.exit(2);
};

/** What was typed, of these options and `--json`, `--write`, `--help`. Ends the process where it was help, or nothing that there is. */
export const parseOptions = (help, options) => {
  let given;
  try {
    given = parseArgs({
      args: ownArgs(),
      options: {
        ...options,
        json: { type: 'string' },
        write: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    return refuse(error.message.split('. ')[0]);
  }
  if (given.help) {
    console.log(help);
    process.exit(0);
  }
  if (given.json !== undefined && !existsSync(dirname(given.json)))
    refuse(`--json: there is no folder ${dirname(given.json)}`);
  return given;
};

/** The number of an option. */
export const wholeNumber = (name, text) => {
  const number = Number(text);
  return Number.isInteger(number) && number >= 1
    ? number
    : refuse(`--${name} must be a whole number, 1 or more; it is ${text}`);
};

/** The names of an option, given one by one or with commas between them; all that are known unless given. */
export const chosen = (what, given, known) => {
  const names = given?.flatMap((list) => list.split(',')) ?? known;
  const unknown = names.find((name) => !known.includes(name));
  return unknown === undefined
    ? names
    : refuse(`there is no ${what} ${JSON.stringify(unknown)}; there are ${known.join(', ')}`);
};
