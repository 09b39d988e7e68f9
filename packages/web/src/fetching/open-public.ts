// Opens an address that somebody else chose: public ones only, at every step of its redirects.

import { isIP } from 'node:net';
import { G4FError, LIMITS, TOOL_LIMITS } from '@g4f/core';
import { isPublicHost, urlOf } from '@g4f/core/internal';
import type { Agent, Response } from 'undici';
import { isPublicAddress } from './public-address.ts';
import { PRIVATE_ADDRESS, publicLookup } from './public-lookup.ts';
import { networkFailure } from './refusal.ts';

/** How an address is opened. */
export interface OpenOptions {
  /** Who opens it, for errors. */
  readonly who: string;
  readonly signal: AbortSignal;
  /** Hosts, with their port where the address has one, that are opened although they are not public. */
  readonly allowHosts: readonly string[];
  readonly headers: Readonly<Record<string, string>>;
}

/** The answer, and where it came from. */
export interface Opened {
  readonly url: URL;
  readonly response: Response;
  /** Closes the connection. */
  close(): Promise<void>;
}

const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/**
 * Requests it, directly and never through a proxy, which would resolve the name itself.
 *
 * @throws G4FError `invalid-request` for an address that may not be opened, `bad-response` for too many redirects, `network`
 */
export const openPublic = async (address: string | URL, options: OpenOptions): Promise<Opened> => {
  const { Agent, fetch } = await import('undici');
  let url = toURL(options.who, String(address));
  for (let step = 0; step <= TOOL_LIMITS.pageRedirects; step += 1) {
    const agent = new Agent(connectionOf(url, options));
    const opened = await request(fetch, url, agent, options);
    const location = REDIRECTS.has(opened.response.status) ? opened.response.headers.get('location') : null;
    if (location === null) return opened;
    await opened.close();
    url = toURL(options.who, location, url);
  }
  throw new G4FError(
    `${options.who}: ${hostOf(String(address))} redirects more than ${TOOL_LIMITS.pageRedirects} times. Give the address of the page itself.`,
    { code: 'bad-response', scope: 'request' },
  );
};

async function request(
  fetch: typeof import('undici').fetch,
  url: URL,
  agent: Agent,
  { who, signal, headers }: OpenOptions,
): Promise<Opened> {
  try {
    const response = await fetch(url, { dispatcher: agent, redirect: 'manual', signal, headers });
    return { url, response, close: () => agent.destroy() };
  } catch (error) {
    await agent.destroy();
    throw Object(Object(error).cause).code === PRIVATE_ADDRESS
      ? refused(who, url)
      : networkFailure(error, `${who}: ${url.host}`);
  }
}

/** How its host is connected to. @throws G4FError `invalid-request` for a host that may not be */
function connectionOf(url: URL, { who, allowHosts }: OpenOptions): Agent.Options {
  if (allowHosts.includes(url.host)) return { maxHeaderSize: LIMITS.headerBytes };
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const isPublic = isIP(host) > 0 ? isPublicAddress(host) : isPublicHost(host);
  if (!isPublic) throw refused(who, url);
  return { maxHeaderSize: LIMITS.headerBytes, connect: { lookup: publicLookup() } };
}

/** @throws G4FError `invalid-request` for what is no address of a page */
function toURL(who: string, text: string, base?: URL): URL {
  const url = urlOf(text, base);
  if (url !== undefined && /^https?:$/.test(url.protocol) && url.username === '' && url.password === '')
    return url;
  throw new G4FError(
    `${who}: ${base === undefined ? 'the address' : `the address that ${base.host} redirects to`} is not one of a page: http: or https:, without a user, was expected.`,
    { code: 'invalid-request' },
  );
}

const hostOf = (text: string): string => new URL(text).host;

const refused = (who: string, { host }: URL): G4FError =>
  new G4FError(
    `${who}: ${host} is not a public address, and is not opened. If it is yours, name it in allowHosts.`,
    { code: 'invalid-request' },
  );
