// The part of an address that no server is ever sent. Source: https://www.rfc-editor.org/rfc/rfc9110#section-7.1

/** The address without `#…`, which would swallow a path that is put behind it. */
export const withoutFragment = (url: string): string => url.replace(/#.*/s, '');
