// Types of parameters that hold files.

/** The parameters that are known by name. */
type Named<P> = { [Name in keyof P as string extends Name ? never : Name]: P[Name] };

/** The parameters with files in the form of OpenAI's library. */
export type WithFiles<P, Files extends object> = Omit<Named<P>, keyof Files> & Files;
