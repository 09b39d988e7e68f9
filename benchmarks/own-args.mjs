// What was typed for a script, without the `--` that pnpm hands on.
import '../scripts/quiet-end.mjs';

/** For parseArgs. */
export const ownArgs = () => process.argv.slice(2).filter((arg) => arg !== '--');

/** For a script that takes no options: tells what it does if that is asked, and refuses all else. */
export const takeNone = (help) => {
  const [given] = ownArgs();
  if (given === undefined) return;
  if (given === '--help') {
    console.log(help);
    process.exit(0);
  }
  console.error(`"${given}" is no option: this takes none. ${help}`);
  process.exit(2);
};
