// What AsyncClient loads with the first program, as one module: loaded in pieces, it would be cut into more files.

export { snapshots } from './parse/snapshots.ts';
export { parsing } from './parse/structured-output.ts';
export { driveAsync } from './running/drive-async.ts';
export { toolLoop } from './tools/tool-loop.ts';
