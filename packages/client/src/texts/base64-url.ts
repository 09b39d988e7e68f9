// Addresses that hold what they name.

/** Whether it is a `data:` address of bytes in base64 to its last character: words behind it would be words. */
export const isBase64URL = (text: string): boolean => /^data:[\w/+.-]{0,100};base64,[\w+/=]*$/.test(text);
