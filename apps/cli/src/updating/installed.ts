// How this command was installed, and how versions follow each other.

/** The command that installs the newest version in the same way. @param file a file of the installed package. */
export const installCommand = (file: string): string => {
  const path = file.replaceAll('\\', '/');
  if (!path.includes('/node_modules/')) return 'git pull && npm install && npm run build';
  if (path.includes('/_npx/')) return 'npx g4f@latest';
  if (/\/pnpm\/(?:global|[^/]*\/global)\//.test(path)) return 'pnpm add -g g4f@latest';
  if (path.includes('/.bun/install/global/')) return 'bun add -g g4f@latest';
  if (/\/yarn\/(?:global|data\/global)\//.test(path)) return 'yarn global add g4f@latest';
  // npm keeps what is global in lib/node_modules, on Windows in npm/node_modules.
  if (/\/(?:lib|npm|nodejs)\/node_modules\/g4f\//.test(path)) return 'npm install -g g4f@latest';
  return 'npm install g4f@latest';
};

/** Whether a version comes before another one. Source: https://semver.org/#spec-item-11, but for the parts of two pre-releases of one version */
export const isOlder = (version: string, than: string): boolean => {
  const [[own, ownPre], [other, otherPre]] = [partsOf(version), partsOf(than)];
  for (const [at, part] of own.entries()) {
    const against = other[at] ?? 0;
    if (part !== against) return part < against;
  }
  return ownPre !== '' && (otherPre === '' || ownPre < otherPre);
};

function partsOf(version: string): readonly [numbers: readonly number[], preRelease: string] {
  const [withoutBuild = ''] = version.split('+');
  const [numbers = '', ...pre] = withoutBuild.split('-');
  return [numbers.split('.').map(Number), pre.join('-')];
}
