// One row of the fault tables: what a service does, and what the reader gets.
import { expect } from 'vitest';
import type { Answer } from '../http/service.ts';
import { type Heard, hear, textIn } from './acme.ts';

/** Name, what the service does, what the reader gets: the text, and how it ends. */
export type Row = readonly [string, Answer, string, string | RegExp];

export const COMPLETE = 'complete';

const endOf = ({ error }: Heard): string =>
  error === undefined ? COMPLETE : `${error.code} ${error.message}`;

export const check = async ([, answer, text, end]: Row, request = {}): Promise<Heard> => {
  const heard = await hear(answer, request);
  expect(textIn(heard)).toBe(text);
  if (typeof end === 'string' && end === COMPLETE) expect(endOf(heard)).toBe(COMPLETE);
  else expect(endOf(heard)).toMatch(end);
  expect(heard.error?.message ?? '').not.toMatch(/acme-secret-1|\n/);
  expect(heard.error?.provider ?? 'acme').toBe('acme');
  return heard;
};
