// The runtimes and bundlers that the packed packages are run on, each of one version.

/** Packages of the npm registry, installed once into the project in which all steps run. */
export const TOOLS = {
  '@rollup/plugin-commonjs': '29.0.3',
  '@rollup/plugin-node-resolve': '16.0.3',
  '@sparticuz/chromium': '153.0.0',
  bun: '1.4.5',
  deno: '2.9.6',
  esbuild: '0.28.2',
  jest: '30.5.2',
  'jest-environment-jsdom': '30.5.2',
  next: '16.4.6',
  react: '19.3.1',
  'react-dom': '19.3.1',
  rollup: '4.68.8',
  webpack: '5.113.0',
  workerd: '1.20261117.1',
} as const;

/** What only the long form needs. */
export const OF_THE_LONG_FORM: readonly string[] = [
  '@rollup/plugin-commonjs',
  '@rollup/plugin-node-resolve',
  'jest-environment-jsdom',
  'rollup',
];

/** The newest Node, and the newest of each line before it that is still kept. */
export const NODES = ['26.10.0', '24.21.0', '22.23.3', '20.20.2'] as const;

/** What no step runs, and why. */
export const NOT_RUN = [
  ['Node, Bun and Deno on Windows and macOS', 'the steps run where CI runs, on Linux x64'],
  ['Firefox, Safari', 'no package of the npm registry carries them'],
  ['Electron, React Native', 'they need a display or a device'],
  ["Cloudflare's and Vercel's own networks", 'they need an account; workerd is what the first runs'],
] as const;
