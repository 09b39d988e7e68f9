// What the options of withRedaction ask for, as one function that finds it.

import { findEmails } from './find-emails.ts';
import { findKeys } from './find-keys.ts';
import { findCards, findPhones } from './find-numbers.ts';
import type { PrivateKind } from './options.ts';
import type { Find } from './place.ts';
import type { Redaction } from './placeholders.ts';

const FINDS: Readonly<Record<PrivateKind, Find>> = {
  key: findKeys,
  email: findEmails,
  phone: findPhones,
  card: findCards,
};

/** @param own what the program itself says is private */
export const redactionOf = (kinds: readonly PrivateKind[], own: readonly Find[]): Redaction => {
  const all = [...own, ...kinds.map((kind) => FINDS[kind])];
  return { find: (text) => all.flatMap((find) => find(text)), hidesKeys: kinds.includes('key') };
};
