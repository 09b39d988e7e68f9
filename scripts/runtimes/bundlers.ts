// The bundlers and test runners that change how the packages are loaded; what they make runs on this Node.
import { cp, mkdir, readdir, readFile } from 'node:fs/promises';
import { heardIn, type Lab, startServer } from './lab.ts';
import type { Step } from './step.ts';

/** Jest in one of its environments. */
const inJest = (folder: string, environment: string) => async (lab: Lab) => {
  const heard = lab.path(folder, 'heard.json');
  await lab.tool('jest', ['--rootDir', lab.path(folder), '--env', environment, '--ci'], {
    G4F_TEST_URL: lab.url,
    G4F_TEST_HEARD: heard,
  });
  return JSON.parse(await readFile(heard, 'utf8'));
};

/** Runs the script of a bundler, and then a program that it made. */
const bundledBy = (script: string, program: string) => async (lab: Lab) => {
  await lab.bundle(script);
  return heardIn(await lab.run(process.execPath, [lab.path('out', program), lab.url]));
};

/** The same, with the program moved away from all packages. @param beside whether the worker's file is put there, too */
const movedAway = (script: string, folder: string, program: string, beside: boolean) => async (lab: Lab) => {
  await lab.bundle(script);
  const away = `${lab.folder}-away`;
  await mkdir(away, { recursive: true });
  for (const name of await readdir(lab.path('out', folder)))
    await cp(lab.path('out', folder, name), `${away}/${name}`);
  if (beside) await cp(lab.path('node_modules/@g4f/client/dist/worker.js'), `${away}/worker.js`);
  return heardIn(await lab.run('env', ['-C', '/', process.execPath, `${away}/${program}`, lab.url]));
};

/** Next with Turbopack: built, started, and asked. */
const onNext = (env: NodeJS.ProcessEnv) => async (lab: Lab) => {
  const next = lab.path('node_modules/next/dist/bin/next');
  await lab.run(process.execPath, [next, 'build', 'next'], { ...env, NEXT_TELEMETRY_DISABLED: '1' });
  const { found, stop } = await startServer(
    lab,
    [next, 'start', 'next', '--port', '0'],
    /Local:\s+(http\S+)/,
  );
  try {
    const answer = await fetch(`${found}/api/answer?service=${encodeURIComponent(lab.url)}`);
    return await answer.json();
  } finally {
    await stop();
  }
};

/** In the order of the table. */
export const BUNDLERS: readonly Step[] = [
  { name: 'Jest, its CommonJS default', on: 'jest', faces: 'both', run: inJest('jest', 'node') },
  {
    name: 'Jest, `jsdom`',
    on: 'jest-environment-jsdom',
    faces: 'sync',
    note: 'jsdom has no `fetch`, which `AsyncClient` says',
    isLong: true,
    run: inJest('jest-jsdom', 'jsdom'),
  },
  {
    name: 'esbuild, ESM',
    on: 'esbuild',
    faces: 'both',
    note: 'over `fetch`; with undici external, or as CommonJS, over undici',
    run: bundledBy('esbuild.mjs', 'esbuild-esm/main.mjs'),
  },
  {
    name: 'esbuild, CommonJS',
    on: 'esbuild',
    faces: 'both',
    run: bundledBy('esbuild.mjs', 'esbuild-cjs/main.cjs'),
  },
  {
    name: 'esbuild, of `require`',
    on: 'esbuild',
    faces: 'both',
    isLong: true,
    run: bundledBy('esbuild.mjs', 'esbuild-required/main.cjs'),
  },
  {
    name: 'esbuild, moved away',
    on: 'esbuild',
    faces: 'both',
    note: 'with `dist/worker.js` beside the bundle',
    run: movedAway('esbuild.mjs', 'esbuild-esm', 'main.mjs', true),
  },
  {
    name: 'Rollup, ESM',
    on: 'rollup',
    faces: 'both',
    note: 'over `fetch`',
    isLong: true,
    run: bundledBy('rollup.mjs', 'rollup/main.mjs'),
  },
  {
    name: 'webpack, ESM',
    on: 'webpack',
    faces: 'both',
    note: 'without a warning',
    run: bundledBy('webpack.mjs', 'webpack-esm/main.mjs'),
  },
  {
    name: 'webpack, CommonJS',
    on: 'webpack',
    faces: 'both',
    note: 'without a warning',
    run: bundledBy('webpack.mjs', 'webpack-cjs/main.cjs'),
  },
  {
    name: 'webpack, of `require`',
    on: 'webpack',
    faces: 'both',
    isLong: true,
    run: bundledBy('webpack.mjs', 'webpack-required/main.cjs'),
  },
  {
    name: 'webpack, moved away',
    on: 'webpack',
    faces: 'both',
    note: 'it copies the worker by itself',
    isLong: true,
    run: movedAway('webpack.mjs', 'webpack-cjs', 'main.cjs', false),
  },
  { name: 'Next, Turbopack', on: 'next', faces: 'both', run: onNext({}) },
  {
    name: 'Next, package external',
    on: 'next',
    faces: 'both',
    note: '`serverExternalPackages`',
    isLong: true,
    run: onNext({ G4F_TEST_EXTERNAL: '1' }),
  },
];
