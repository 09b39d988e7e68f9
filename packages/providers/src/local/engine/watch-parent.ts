// What ends the engine's process when the program that started it is gone, however it went.

/** The part of Node's module that is used. */
interface Threads {
  Worker: new (
    program: string,
    options: object,
  ) => { on(event: 'error', listener: () => void): { unref(): void } };
}

/**
 * Kills this process when the pipe `descriptor` ends, as it does with the last process that holds its other end. In a
 * thread of its own: while the model computes, the main thread may not turn for minutes, and would not hear of it.
 *
 * It is handed to the process as text, like `runEngine`, and **must use nothing from outside itself**.
 */
export function watchParent(descriptor: number, load: (url: string) => Promise<unknown>): void {
  const program = `
    const { Socket } = require('node:net');
    new Socket({ fd: ${descriptor} })
      .on('error', () => {})
      .on('close', () => process.kill(process.pid, 'SIGKILL'))
      .resume();
  `;
  load('node:worker_threads').then(
    (threads) => {
      const { Worker } = threads as Threads;
      new Worker(program, { eval: true }).on('error', () => {}).unref();
    },
    () => {},
  );
}
