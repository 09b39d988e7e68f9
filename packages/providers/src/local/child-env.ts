// The environment our child processes get: the user's, without anything that is a secret of a language-model service.
const SECRET = /_(?:API_)?(?:KEY|TOKEN|SECRET|PASSWORD)$/i;

/** `env` without keys, and without what steers Node itself (a debugger, a coverage run). */
export const childEnv = (env: Readonly<Record<string, string | undefined>>): NodeJS.ProcessEnv =>
  Object.fromEntries(
    Object.entries(env).filter(
      ([name]) => !SECRET.test(name) && name !== 'NODE_OPTIONS' && name !== 'NODE_V8_COVERAGE',
    ),
  );
