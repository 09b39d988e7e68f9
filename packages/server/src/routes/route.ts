// What a route is: a method, a path, and how it answers.
import type { Answer } from '../answer/answer.ts';
import type { Exchange } from '../exchange/exchange.ts';

/** One route; the path is a pattern of Hono's. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly path: string;
  /** Whether it is answered without a key. */
  readonly isOpen?: boolean;
  readonly answer: (exchange: Exchange) => Answer | Promise<Answer>;
}
