// What an answer is given where the service gave it no id and no date.

/** An answer's id where the service gave none. */
export const newCompletionId = (): string => `chatcmpl-${crypto.randomUUID()}`;

/** Now, in seconds since 1970. */
export const nowInSeconds = (): number => Math.floor(Date.now() / 1000);
