// What a middleware or a wrap was made of, where that is plain data: by it, it crosses to the worker of `Client`.

import { isPlain } from './plain-value.ts';

/** By name: a program may have two copies of this package. */
const PLAIN_FORM = Symbol.for('g4f.plain-form');

/** The function that makes it, by name, and what that is given. */
export type PlainForm = readonly [maker: string, given: unknown];

/** The same, with what it was made of, if that is plain data. */
export const withPlainForm = <Made extends object>(made: Made, ...form: PlainForm): Made =>
  isPlain(form[1]) ? Object.defineProperty(made, PLAIN_FORM, { value: form }) : made;

/** What it was made of; undefined for a function of the caller's own, or one that was given what is no plain data. */
export const plainFormOf = (made: unknown): PlainForm | undefined =>
  typeof made === 'function' ? (made as { readonly [PLAIN_FORM]?: PlainForm })[PLAIN_FORM] : undefined;
