// OLLAMA_HOST, read as Ollama itself reads it. Source: https://docs.ollama.com/faq
import { type Context, G4FError, holdsUser } from '@g4f/core';
import { urlOf, withoutEnd, withoutEndpoint } from '@g4f/core/internal';

/** `host`, `host:port`, `:port` or a URL → where to call; an address that only means "listen everywhere" → loopback. */
export const ollamaAddress = ({ env }: Pick<Context, 'env'>): string | undefined => {
  const setting = withoutEnd(env.OLLAMA_HOST?.trim() ?? '', `"'`).replace(/^["']+/, '');
  if (!setting) return undefined;
  const [, scheme = '', place = '', path = ''] = /^(\w+:\/\/)?([^/]*)(.*)$/s.exec(setting) ?? [];
  const host = /^(:\d+)?$/.test(place) ? `127.0.0.1${place}` : inBrackets(place);
  // With a scheme the port is that scheme's own, without one it is Ollama's.
  const hasPort = /^[^[\]]*:\d+$|\]:\d+$/.test(host);
  const text = scheme === '' ? `http://${hasPort ? host : `${host}:11434`}` : scheme + host;
  const url = /^https?:/.test(text) ? urlOf(text) : undefined;
  const endless = withoutEndpoint(`${url?.origin}${path}`);
  if (url === undefined || holdsUser(text) || endless !== undefined) {
    const inside = url && (endless ? `must be ${endless}` : 'holds a user or a password, which is not sent');
    const what = inside ?? 'is no host, host:port or http URL';
    throw new G4FError(`ollama: OLLAMA_HOST ${what}. Correct it, or unset it.`, {
      code: 'invalid-request',
      provider: 'ollama',
    });
  }
  if (url.hostname === '0.0.0.0') url.hostname = '127.0.0.1';
  if (url.hostname === '[::]') url.hostname = '[::1]';
  return `${url.origin}${withoutEnd(path, '/')}`;
};

/** An IPv6 address has two colons at least. */
const inBrackets = (place: string): string =>
  /^[\da-f:]+$/i.test(place) && place.split(':', 3).length === 3 ? `[${place}]` : place;
