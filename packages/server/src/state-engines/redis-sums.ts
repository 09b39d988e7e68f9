// A field of a day's sums in Redis: whose it is, and what of it is counted.
import { NO_SUM, type Summed } from '../state/sums.ts';

/** An amount, and what it is of. */
interface ReadSum {
  readonly key: string;
  readonly model: string;
  readonly provider: string;
  readonly sum: Summed;
}

/** @param field `["key","model","provider"]cost` @throws Error for what is none */
export const readSum = (field: string, amount: unknown): ReadSum => {
  const end = field.lastIndexOf(']') + 1;
  const texts: unknown = JSON.parse(field.slice(0, end));
  const counted = field.slice(end);
  const number = Number(amount);
  const isSum = Object.hasOwn(NO_SUM, counted) && amount !== '' && Number.isSafeInteger(number);
  if (!isSum || !isTexts(texts)) throw new TypeError('no sum');
  const [key = '', model = '', provider = ''] = texts;
  return { key, model, provider, sum: { ...NO_SUM, [counted]: number } };
};

const isTexts = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.length === 3 && value.every((text) => typeof text === 'string');
