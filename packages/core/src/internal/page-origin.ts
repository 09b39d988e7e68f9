// An origin as browsers send it.
import { urlOf } from './url-of.ts';

/**
 * The origin that a text names, as a browser writes it in the header Origin: without the port that is its scheme's own. Undefined for
 * what none is (a path after it, no scheme). Of a scheme that is no web's (an extension's) the platform tells no origin.
 */
export const pageOriginOf = (given: string): string | undefined => {
  const text = given.trim();
  const [, scheme, name] = /^([a-z][a-z0-9+.-]*):\/\/([^/?#@\s*\\]+)\/?$/i.exec(text) ?? [];
  const origin = urlOf(text)?.origin;
  if (scheme === undefined || name === undefined || origin === undefined) return undefined;
  return origin === 'null' ? `${scheme.toLowerCase()}://${name}` : origin;
};
