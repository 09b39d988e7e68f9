// Callers are told what failed, and not where the operator's servers and proxies are.
import type { Failure } from './refusal.ts';

/** What stands in the place of an address. */
const INSTEAD = 'its address';

/**
 * The failure without these addresses (neither the whole of one, nor its origin, nor its host), and without any other that the caller
 * did not write.
 * @param addresses URLs, or `host:port`; what is neither is passed over.
 * @param written what the caller wrote: texts, in lists and objects.
 */
export const withoutAddresses = (
  failure: Failure,
  addresses: readonly string[],
  written?: unknown,
): Failure => {
  const forms = [...new Set(addresses.flatMap(formsOf))].sort((a, b) => b.length - a.length);
  const told = forms.reduce((text, form) => text.replace(wholeOf(form), INSTEAD), failure.message);
  return { ...failure, message: told.replace(UNKNOWN, (found) => hidden(found, written)) };
};

/** A bare name without a dot (`ollama`) is a word of other texts as well, and stays where no port follows. */
function formsOf(address: string): readonly string[] {
  const text = address.includes('://') ? address : `http://${address}`;
  if (!URL.canParse(text)) return [];
  const { origin, host, hostname, protocol } = new URL(text);
  const whole = text.replace(/\/$/, '');
  const forms = [whole, `${protocol}//${host}`, origin, host, hostname];
  return forms.filter((form) => form !== 'null' && /[.:]/.test(form));
}

/** Not inside another: 127.0.0.1 is no part of 127.0.0.12. */
const wholeOf = (form: string): RegExp =>
  new RegExp(
    `(?<![\\w.-])${form.replace(/[.*+?^$\x7b\x7d()|[\]\\]/g, '\\$&')}(?![\\w-]|\\.\\w)(?::\\d{1,5}(?!\\w))?`,
    'gi',
  );

/** What looks like an address. Each part is bounded, so that no words of a service make it slow. */
const UNKNOWN = new RegExp(
  [
    /https?:\/\/(?:\[[\da-f:.]{2,45}\]|[^\s"'<>`)\]}/…])[^\s"'<>`)\]}]*/,
    // After what Node says of a name or an address that it could not reach.
    /(?<=\b(?:ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|EHOSTUNREACH) )[^\s,;()]+/,
    /\[(?=[\da-f.]{0,4}:)[\da-f:.]{2,45}\](?::\d{1,5})?/,
    /(?<![\w:.])(?:(?=[\da-f:]{0,40}::)[\da-f:]{3,45}|(?:[\da-f]{1,4}:){7}[\da-f]{1,4})(?!\w)/,
    /(?<![\w.])(?:\d{1,3}\.){3}\d{1,3}(?::\d{1,5})?(?!\w|\.\d)/,
    /(?<![\w.-])(?:[a-z\d-]{1,63}\.){1,8}[a-z][a-z\d-]{1,62}:\d{2,5}(?!\w|\.\d)/,
    /(?<![\w.-])[a-z][a-z\d-]{0,62}:\d{4,5}(?!\w|\.\d)/,
    /(?<![\w.-])localhost:\d{1,5}(?!\w)/,
  ]
    .map(({ source }) => source)
    .join('|'),
  'gi',
);

function hidden(found: string, written: unknown): string {
  const [end = ''] = /[.,:;!?]{0,9}$/.exec(found) ?? [];
  const address = end === '' ? found : found.slice(0, -end.length);
  return isWritten(address, written) ? found : `${INSTEAD}${end}`;
}

function isWritten(address: string, written: unknown): boolean {
  if (typeof written === 'string') return written.includes(address);
  if (typeof written !== 'object' || written === null) return false;
  return Object.values(written).some((value) => isWritten(address, value));
}
