// Fetches a file over HTTP into a partial file, going on where an earlier attempt stopped.
import { type FileHandle, lstat } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Context, HttpResponse } from '@g4f/core';
import { leftByCaller } from '../failures/failure.ts';
import { createOwnFile, isOwnFile, openOwnFile } from './own-file.ts';
import type { Progress } from './progress.ts';

/** What a download needs; times in ms. */
export interface Download {
  readonly url: string;
  /** Where the bytes are collected; what is there already is kept. */
  readonly partial: string;
  readonly bytes: number;
  readonly context: Pick<Context, 'send' | 'signal' | 'enter'>;
  /** The display, made when the first byte is about to come. @param from bytes that are there already. */
  show(from: number): Progress;
  /** How long the server may take to answer at all; 5,000. */
  readonly answerMs?: number;
  /** How long it may pause in the middle; 30,000. */
  readonly stallMs?: number;
  /** How long is waited before the first time the rest is asked for, and twice as long before each other; 500. */
  readonly pauseMs?: number;
}

const ANSWER_MS = 5000;
const STALL_MS = 30_000;
const PAUSE_MS = 500;
const MOST_REDIRECTS = 5;
/** So often a file is asked for, its first time included: whatever an answer was, it counts. */
const MOST_TURNS = 6;

/**
 * Downloads the file, asking again for the rest (at most five times, each after a longer pause) when the connection is cut.
 *
 * A plain `Range` is enough: the address is pinned to a commit, so a part is always a part of the same file, and the
 * hash of the whole decides in the end. (`If-Range` would start from zero each time another edge server, with another
 * ETag, answers.) A server that ignores `Range` sends the whole file, and the partial one is begun anew.
 *
 * @throws Error why it could not be fetched; what came stays in the partial file for the next attempt.
 */
export const download = async (order: Download): Promise<void> => {
  const { context, bytes, pauseMs = PAUSE_MS } = order;
  let progress: Progress | undefined;
  try {
    for (let turn = 0, from = await begunBytes(order); from < bytes; turn++) {
      if (turn > 0) await pause(pauseMs * 2 ** (turn - 1), context);
      try {
        const response = await ask(order, from);
        progress ??= order.show(response.status === 206 ? from : 0);
        await save(order, response, from, progress);
        break;
      } catch (error) {
        const before = from;
        from = await begunBytes(order);
        if (context.signal.aborted) throw leftByCaller(context.signal);
        if (from <= before || turn + 1 === MOST_TURNS) throw error;
      }
    }
    progress?.end('complete');
  } catch (error) {
    progress?.end('failed');
    throw error;
  }
};

/** @throws what the caller left with. */
async function pause(ms: number, { signal, enter }: Download['context']): Promise<void> {
  enter('prepare');
  await sleep(ms, undefined, { signal }).catch(() => {
    throw leftByCaller(signal);
  });
}

/** How much is there to go on with, in bytes: nothing of a file that is too long. */
const begunBytes = ({ partial, bytes }: Download): Promise<number> =>
  lstat(partial).then(
    (info) => (isOwnFile(info) && info.size <= bytes ? info.size : 0),
    () => 0,
  );

/** The answer with the bytes after `from`, redirects followed. */
async function ask(order: Download, from: number): Promise<HttpResponse> {
  let url = order.url;
  for (let hops = 0; hops <= MOST_REDIRECTS; hops++) {
    const response = await answerInTime(order, url, from);
    if (response.status === 200 || response.status === 206) return response;
    await discard(response);
    const location = response.headers.location;
    if (![301, 302, 303, 307, 308].includes(response.status) || location === undefined) {
      throw new Error(`${new URL(url).host} answered with status ${response.status}`);
    }
    const next = new URL(location, url);
    if (new URL(url).protocol === 'https:' && next.protocol !== 'https:') {
      throw new Error(`${new URL(url).host} redirects to an address that is not https`);
    }
    url = next.href;
  }
  throw new Error(`${new URL(order.url).host} redirects more than ${MOST_REDIRECTS} times`);
}

/** The headers, or an error when they take too long: there is another source to turn to. */
async function answerInTime(order: Download, url: string, from: number): Promise<HttpResponse> {
  const { context, answerMs = ANSWER_MS } = order;
  const timer = new AbortController();
  const headers: Record<string, string> = {
    accept: '*/*',
    // Another encoding would make ranges and lengths mean something else.
    'accept-encoding': 'identity',
    'user-agent': 'g4f',
    ...(from > 0 && { range: `bytes=${from}-` }),
  };
  const sent = context.send({ method: 'GET', url, headers });
  try {
    const late = sleep(answerMs, undefined, { signal: timer.signal });
    const response = await Promise.race([sent, late]);
    if (response !== undefined) return response;
    // Whatever comes now comes too late: hang up.
    sent.then(discard).catch(() => {});
    throw new Error(`${new URL(url).host} did not answer within ${answerMs / 1000} s`);
  } finally {
    timer.abort();
    // `send` has told the deadlines to expect an answer; this is still preparation.
    context.enter('prepare');
  }
}

const discard = async (response: HttpResponse): Promise<void> => {
  await response.body[Symbol.asyncIterator]().return?.();
};

/** Appends (206) or writes from the start (200) what the answer holds. @param from what is there already */
async function save(
  order: Download,
  response: HttpResponse,
  from: number,
  progress: Progress,
): Promise<void> {
  const start = await startOf(order, response, from);
  const file = await (start > 0 ? openOwnFile(order.partial) : createOwnFile(order.partial));
  try {
    // Exchanged since it was measured: what follows would have nothing before it.
    if ((await file.stat()).size < start) throw new Error('the partial file was changed by another program');
    await file.truncate(start);
    await copy(order, response, file, start, progress);
  } finally {
    await file.close();
  }
}

async function startOf(order: Download, response: HttpResponse, from: number): Promise<number> {
  try {
    return response.status === 206 ? rangeStart(response, from, order) : wholeStart(response, order);
  } catch (error) {
    await discard(response);
    throw error;
  }
}

function wholeStart(response: HttpResponse, order: Download): number {
  const length = response.headers['content-length'];
  if (length !== undefined && Number(length) !== order.bytes) {
    throw new Error(`${new URL(order.url).host} offers another file (${length} bytes, not ${order.bytes})`);
  }
  return 0;
}

/** The range must be the one that was asked for, to the end of the file: another would leave a hole, or be asked for again. */
function rangeStart(response: HttpResponse, from: number, order: Download): number {
  const given = response.headers['content-range'];
  const range = /^bytes (\d{1,15})-(\d{1,15})\/(\d{1,15}|\*)$/.exec(given ?? '');
  const [start, end, whole] = range?.slice(1, 4) ?? [];
  if (
    Number(start) !== from ||
    !(Number(end) < order.bytes) ||
    (whole !== '*' && Number(whole) !== order.bytes)
  ) {
    throw new Error(`${new URL(order.url).host} offers another file (${given?.slice(0, 100)})`);
  }
  return Number(start);
}

async function copy(
  order: Download,
  response: HttpResponse,
  file: FileHandle,
  start: number,
  progress: Progress,
): Promise<void> {
  const reader = response.body[Symbol.asyncIterator]();
  const { bytes, stallMs = STALL_MS, context } = order;
  let at = start;
  try {
    for (;;) {
      const { done, value } = await readInTime(reader, stallMs);
      if (done) break;
      if (at + value.length > bytes) throw new Error(`more than the expected ${bytes} bytes came`);
      at = await writeAll(file, value, at);
      progress.update(at);
      context.enter('prepare');
    }
  } finally {
    await reader.return?.();
  }
  if (at < bytes) throw new Error(`the connection was cut after ${at} of ${bytes} bytes`);
}

/** Where the next byte goes. One write may take only a part, on a disk that is filling up. */
async function writeAll(file: FileHandle, bytes: Uint8Array, at: number): Promise<number> {
  let written = 0;
  while (written < bytes.length) {
    written += (await file.write(bytes, written, bytes.length - written, at + written)).bytesWritten;
  }
  return at + written;
}

async function readInTime(
  reader: AsyncIterator<Uint8Array>,
  stallMs: number,
): Promise<IteratorResult<Uint8Array>> {
  const timer = new AbortController();
  try {
    const read = await Promise.race([reader.next(), sleep(stallMs, undefined, { signal: timer.signal })]);
    if (read === undefined) throw new Error(`nothing came for ${stallMs / 1000} s`);
    return read;
  } finally {
    timer.abort();
  }
}
