// What differs between the clients: whether they wait by blocking or by promise.
import type { AnswerPromise } from './received.ts';

/** Whether a face waits by blocking (`sync`) or by promise (`async`). */
export type Mode = 'sync' | 'async';

/** What a method of a face gives. */
export type Later<M extends Mode, T> = M extends 'async' ? Promise<T> : T;

/** What a method of a face gives that asks one service: by promise, with `withResponse()`. */
export type Promised<M extends Mode, T> = M extends 'async' ? AnswerPromise<T> : T;
