// The body of a request before it becomes text.

/** The fields of a JSON body. */
export type RequestBody = Readonly<Record<string, unknown>>;
