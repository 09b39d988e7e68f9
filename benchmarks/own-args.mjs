// What was typed for a script, without the `--` that pnpm hands on.

/** For parseArgs. */
export const ownArgs = () => process.argv.slice(2).filter((arg) => arg !== '--');
