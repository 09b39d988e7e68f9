// By which public vocabulary a family reads its texts: what counting their tokens needs.
import { families } from './families.ts';

/** A vocabulary of OpenAI's. */
export type Vocabulary = 'cl100k_base' | 'o200k_base';

/** Source: https://github.com/openai/tiktoken/blob/main/tiktoken/model.py */
const OLDER = /^gpt-(?:3\.5|4$|4-turbo)/;
const NEWER = /^(?:gpt-4o|gpt-4\.1|gpt-5|gpt-oss|o[134](?:-|$))/;

/** The vocabulary of a family; undefined where its maker has not published one. */
export const vocabularyOf = (family: string): Vocabulary | undefined => {
  if (families.get(family)?.maker !== 'openai') return undefined;
  if (OLDER.test(family)) return 'cl100k_base';
  return NEWER.test(family) ? 'o200k_base' : undefined;
};
