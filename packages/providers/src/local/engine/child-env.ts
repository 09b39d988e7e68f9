// The environment our child processes get: the few variables that a program needs to run, and no other of the user's.
import type { Environment } from '@g4f/core';

/** What any program may need: where programs, the user's folders and temporary files are, and the language. */
const ANY_PROGRAM: ReadonlySet<string> = new Set([
  ...['PATH', 'HOME', 'USER', 'LOGNAME', 'LANG', 'LANGUAGE', 'TZ', 'TERM', 'TMPDIR', 'TMP', 'TEMP'],
  ...['LC_ALL', 'LC_CTYPE', 'LC_MESSAGES', 'LC_NUMERIC', 'LC_TIME'],
  ...['XDG_CACHE_HOME', 'XDG_CONFIG_HOME', 'XDG_DATA_HOME', 'XDG_RUNTIME_DIR', 'LD_LIBRARY_PATH'],
  // Without the first of these nothing starts on Windows.
  ...['SYSTEMROOT', 'SYSTEMDRIVE', 'WINDIR', 'COMSPEC', 'PATHEXT', 'USERNAME', 'USERPROFILE', 'HOMEDRIVE'],
  ...['HOMEPATH', 'APPDATA', 'LOCALAPPDATA', 'PROGRAMDATA', 'PROGRAMFILES', 'PROGRAMFILES(X86)'],
  ...['NUMBER_OF_PROCESSORS', 'PROCESSOR_ARCHITECTURE'],
]);

/** What pip reads besides, for a mirror, a proxy, certificates and the choice of a Python. */
export const PIP_VARIABLES: ReadonlySet<string> = new Set([
  ...['PIP_CONFIG_FILE', 'PIP_INDEX_URL', 'PIP_EXTRA_INDEX_URL', 'PIP_FIND_LINKS', 'PIP_NO_INDEX'],
  ...['PIP_TRUSTED_HOST', 'PIP_PROXY', 'PIP_CERT', 'PIP_CLIENT_CERT', 'NETRC', 'SSL_CERT_FILE'],
  ...['SSL_CERT_DIR', 'REQUESTS_CA_BUNDLE', 'CURL_CA_BUNDLE', 'HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY'],
  ...['NO_PROXY', 'PYENV_ROOT', 'PYENV_VERSION'],
]);

/**
 * An allow list, because no rule for names tells every secret (`DATABASE_URL`, `PGPASSWORD`, a row's own `apiKeyEnv`).
 * @param more names besides, in capitals; the case of a variable's own name does not count.
 */
export const childEnv = (env: Environment, more: ReadonlySet<string> = new Set()): NodeJS.ProcessEnv =>
  Object.fromEntries(
    Object.entries(env).filter(([name]) => {
      const upper = name.toUpperCase();
      return ANY_PROGRAM.has(upper) || more.has(upper);
    }),
  );
