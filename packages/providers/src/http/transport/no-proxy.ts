// Which hosts are reached without the environment's proxy: this machine, and those of NO_PROXY.

import type { BlockList } from 'node:net';
import { urlOf } from '@g4f/core/internal';
import type { Address } from './address.ts';

type Net = typeof import('node:net');

interface Target {
  /** In lower case, an IPv6 address without brackets. */
  readonly host: string;
  readonly port: number;
}

type Rule = (target: Target) => boolean;

let last: { readonly noProxy: string; readonly rules: readonly Rule[] } | undefined;

/**
 * Whether this address is reached without the environment's proxy: loopback, and what NO_PROXY lists. An entry is `*`, a
 * host (its subdomains too; `.host` and `*.host` mean the same), an IP address or a CIDR block, each with `:port` or
 * without.
 */
export const isExempt = async ({ protocol, origin }: Address, noProxy: string): Promise<boolean> => {
  const net = await import('node:net');
  if (last?.noProxy !== noProxy) last = { noProxy, rules: rulesOf(noProxy, net) };
  const url = new URL(origin);
  const port = Number(url.port) || (protocol === 'https:' ? 443 : 80);
  const target = { host: bare(url.hostname), port };
  return last.rules.some((rule) => rule(target));
};

const bare = (host: string): string => host.replace(/^\[|\]$|\.$/g, '').toLowerCase();

const LOOPBACK = ['127.0.0.0/8', '::1', '0.0.0.0', '::', 'localhost'] as const;

const rulesOf = (noProxy: string, net: Net): readonly Rule[] =>
  [...LOOPBACK, ...noProxy.split(/[\s,]+/)].filter(Boolean).map((entry) => ruleOf(entry, net));

function ruleOf(entry: string, net: Net): Rule {
  const { pattern, port } = split(entry, net);
  const matches = pattern === '*' ? () => true : (network(pattern, net) ?? domain(pattern));
  return port === undefined ? matches : (target) => target.port === port && matches(target);
}

/** The host or block, and its port: `host:80`, `[::1]:80`; the colons of a bare IPv6 address lead to no port. */
function split(entry: string, { isIPv6 }: Net): { readonly pattern: string; readonly port?: number } {
  const [block = ''] = entry.split('/');
  const colon = entry.lastIndexOf(':');
  const port = entry.slice(colon + 1);
  return isIPv6(block) || colon === -1 || !/^\d{1,5}$/.test(port)
    ? { pattern: entry }
    : { pattern: entry.slice(0, colon), port: Number(port) };
}

/** A rule for an address or a block of addresses; undefined if the pattern is neither. */
function network(pattern: string, net: Net): Rule | undefined {
  const [address = '', bits] = pattern.replace(/[[\]]/g, '').split('/');
  const family = net.isIP(address);
  if (family === 0) return undefined;
  const list = new net.BlockList();
  const most = family === 6 ? 128 : 32;
  if (bits !== undefined && !/^\d{1,3}$/.test(bits)) return () => false;
  const prefix = bits === undefined ? most : Number(bits);
  if (prefix > most) return () => false;
  list.addSubnet(address, prefix, family === 6 ? 'ipv6' : 'ipv4');
  return ({ host }) => holds(list, host, net);
}

/** Also an IPv4 address that is written as IPv6 (`::ffff:127.0.0.1`) is in its block. */
function holds(list: BlockList, host: string, { isIP }: Net): boolean {
  const family = isIP(host);
  return family !== 0 && list.check(host, family === 6 ? 'ipv6' : 'ipv4');
}

/** As URLs write it: `bücher.example` is `xn--bcher-kva.example` there. */
const asciiOf = (host: string): string => urlOf(`http://${host}`)?.hostname ?? host;

function domain(pattern: string): Rule {
  const name = asciiOf(bare(pattern.replace(/^\*?\./, '')));
  return ({ host }) => host === name || host.endsWith(`.${name}`);
}
