// Whether a name of a host is one of the public web, as far as the name tells.

/** No number, and no name of a private network. The URL parser has brought every way to write a number into one form. */
export const isPublicHost = (host: string): boolean =>
  host.includes('.') && !/^\[|^[\d.]+$|\.(?:local|localhost|internal|home\.arpa)\.?$/.test(host);
