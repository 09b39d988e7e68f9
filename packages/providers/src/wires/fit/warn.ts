// How an encoder tells the caller of something that could not be sent.

/** Tells the caller of something asked for that could not be sent. */
export type Warn = (message: string) => void;
