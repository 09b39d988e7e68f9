// Bytes as base64, on every platform.

/** So many arguments a function can take everywhere. */
const AT_ONCE = 0x2000;

/** The bytes in base64; a text is in it already. */
export const base64Of = (data: string | Uint8Array): string => {
  if (typeof data === 'string') return data;
  let binary = '';
  for (let at = 0; at < data.length; at += AT_ONCE)
    binary += String.fromCharCode(...data.subarray(at, at + AT_ONCE));
  return btoa(binary);
};
