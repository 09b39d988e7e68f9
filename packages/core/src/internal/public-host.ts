// Whether a name of a host is one of the public web, as far as the name tells.

/** No number, and no name of a private network. The URL parser has brought every way to write a number into one form; a dot at the end is none of the name. */
export const isPublicHost = (host: string): boolean =>
  /\.[^.]/.test(host) && !/^\[|^[\d.]+$|\.(?:local|localhost|internal|home\.arpa)\.*$/.test(host);
