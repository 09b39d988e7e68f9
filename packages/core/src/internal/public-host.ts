// Whether a name of a host is one of the public web, as far as the name tells.

/** No number, and no name of a private network. The URL parser has brought every way to write a number into one form. */
export const isPublicHost = (host: string): boolean => {
  // A dot at the end means the root of all names, and makes `localhost.` no name of the public web.
  const name = host.endsWith('.') ? host.slice(0, -1) : host;
  return name.includes('.') && !/^\[|^[\d.]+$|\.(?:local|localhost|internal|home\.arpa)$/.test(name);
};
