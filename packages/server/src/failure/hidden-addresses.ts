// Callers are told what failed, and not where the operator's servers and proxies are.
import type { Failure } from './refusal.ts';

/** What stands in the place of an address. */
const INSTEAD = 'its address';

/**
 * The failure without these addresses: neither the whole of one, nor its origin, nor its host.
 * @param addresses URLs, or `host:port`; what is neither is passed over.
 */
export const withoutAddresses = (failure: Failure, addresses: readonly string[]): Failure => {
  const forms = [...new Set(addresses.flatMap(formsOf))].sort((a, b) => b.length - a.length);
  return {
    ...failure,
    message: forms.reduce((told, form) => told.replaceAll(form, INSTEAD), failure.message),
  };
};

/** A bare name without a dot (`ollama`) is a word of other texts as well, and stays. */
function formsOf(address: string): readonly string[] {
  const text = address.includes('://') ? address : `http://${address}`;
  if (!URL.canParse(text)) return [];
  const { origin, host, hostname, protocol } = new URL(text);
  const whole = text.replace(/\/$/, '');
  const forms = [whole, `${protocol}//${host}`, origin, host, hostname];
  return forms.filter((form) => form !== 'null' && /[.:]/.test(form));
}
