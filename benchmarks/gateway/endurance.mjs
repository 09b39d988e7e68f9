// Streams that last: whether any is lost, and whether the memory of the gateway stays flat.
import { setMaxListeners } from 'node:events';
import { callerOf, countChunks } from './load.mjs';

const MB = 1024 * 1024;
/** Events a second of the upstream's `paced` streams. */
const A_SECOND = 5;
/** Connections are opened in groups: the queue of a listening socket is finite. */
const AT_ONCE = 200;

const seconds = (count) => new Promise((resolve) => setTimeout(resolve, count * 1000));
const inMB = (bytes) => Math.round((bytes / MB) * 10) / 10;

/** So many streams of so many seconds. Memory is looked at in the middle and shortly before the end. */
export const lastingStreams = async (gateway, count, length) => {
  const { ask, close } = callerOf(gateway, count);
  const chunks = length * A_SECOND;
  const before = await gateway.memory();
  const reading = Array.from({ length: count }, async () => {
    try {
      return (await countChunks(await ask(`paced-${chunks}`, true))) === chunks;
    } catch {
      return false;
    }
  });
  await seconds(length / 2);
  const middle = await gateway.memory();
  await seconds(length * 0.4);
  const late = await gateway.memory();
  const complete = (await Promise.all(reading)).filter(Boolean).length;
  const after = await gateway.cpu();
  await close();
  return {
    streams: count,
    seconds: length,
    lost: count - complete,
    heapMB: { before: inMB(before.heap), middle: inMB(middle.heap), late: inMB(late.heap) },
    residentMB: { before: inMB(before.rss), middle: inMB(middle.rss), late: inMB(late.rss) },
    cpuPerChunk: (after - before.cpu) / (count * chunks),
  };
};

/** Streams that say one word, and then nothing for so many seconds. */
export const idleStreams = async (gateway, count, length) => {
  const { ask, close } = callerOf(gateway, count);
  const leaving = new AbortController();
  setMaxListeners(count, leaving.signal);
  const before = await gateway.memory();
  let lost = 0;
  // What ends before it is left was lost.
  const ended = () => {
    if (!leaving.signal.aborted) lost += 1;
  };
  for (let opened = 0; opened < count; opened += AT_ONCE) {
    const group = Array.from({ length: Math.min(AT_ONCE, count - opened) }, () =>
      ask('idle-1', true, leaving.signal),
    );
    for (const asked of await Promise.allSettled(group)) {
      if (asked.status === 'rejected') lost += 1;
      else asked.value.on('error', ended).on('end', ended).resume();
    }
  }
  await seconds(length / 2);
  const middle = await gateway.memory();
  await seconds(length / 2);
  const late = await gateway.memory();
  leaving.abort();
  await close();
  return {
    streams: count,
    seconds: length,
    lost,
    heapMB: { before: inMB(before.heap), middle: inMB(middle.heap), late: inMB(late.heap) },
    residentMB: { before: inMB(before.rss), middle: inMB(middle.rss), late: inMB(late.rss) },
    heapKBPerStream: Math.round(((middle.heap - before.heap) / count / 1024) * 10) / 10,
    residentKBPerStream: Math.round(((middle.rss - before.rss) / count / 1024) * 10) / 10,
  };
};
