// Placeholders in the arguments of a tool's call: inside its strings, and strings in the place of numbers. All else of the text stays.
import { isKeyField } from './find-keys.ts';
import type { Placeholders } from './placeholders.ts';

/** A text that is no JSON is any text. */
export const hideInJSON = (text: string, placeholders: Placeholders): string => {
  try {
    JSON.parse(text);
  } catch {
    return placeholders.hide(text);
  }
  let hidden = '';
  let field = '';
  for (let at = 0; at < text.length; ) {
    const isString = text[at] === '"';
    const end = isString ? endOfString(text, at) : nextQuote(text, at);
    const token = text.slice(at, end);
    at = end;
    if (!isString) {
      hidden += token.replaceAll(/-?\d[\d.eE+-]{0,30}/g, (number) => hiddenNumber(number, placeholders));
      continue;
    }
    const isName = /^\s{0,100}:/.test(text.slice(end, end + 101));
    hidden += isName ? hiddenString(token, '', placeholders) : hiddenString(token, field, placeholders);
    field = isName ? token.slice(1, -1) : '';
  }
  return hidden;
};

function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return at + 1;
}

function nextQuote(text: string, from: number): number {
  const at = text.indexOf('"', from);
  return at === -1 ? text.length : at;
}

/** @param field the name under which it stands: `password` says what it is */
function hiddenString(token: string, field: string, placeholders: Placeholders): string {
  const text = String(JSON.parse(token));
  const isKey = text.length >= 4 && field !== '' && isKeyField(field) && placeholders.hidesKeys;
  const hidden = isKey ? placeholders.placeholderOf('KEY', text) : placeholders.hide(text);
  return hidden === text ? token : JSON.stringify(hidden);
}

function hiddenNumber(number: string, placeholders: Placeholders): string {
  const hidden = placeholders.hide(number);
  return hidden === number ? number : JSON.stringify(hidden);
}
