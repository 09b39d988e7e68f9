// The option `host`: an address, written as what it is. A system reads `1.2.3` as 1.2.0.3, and `1` as 0.0.0.1.
import { isIP } from 'node:net';

/** What it must be. */
export const LISTEN_HOST = 'an address written out in full (127.0.0.1, ::1), or a name';

/** Its last part is a number in names that are read as an address. Source: https://url.spec.whatwg.org/#ends-in-a-number-checker */
const ENDS_IN_NUMBER = /(?:^|\.)(?:\d+|0x[\da-f]*)\.?$/i;

/** Whether something can listen there, as far as that can be seen. */
export const isListenHost = (host: unknown): host is string =>
  typeof host === 'string' && (isIP(host) !== 0 || !(host.includes(':') || ENDS_IN_NUMBER.test(host)));
