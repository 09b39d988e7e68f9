// What bodies of any size are made of.

/** A body of so many pieces. @param letter another one for each seed. */
export type GatewayBody = (count: number, letter: string, model: string) => object;

/** Bodies by what they have many of. */
export type Kinds = Readonly<Record<string, GatewayBody>>;

/** Each piece from its number. */
export const times = <T>(count: number, piece: (at: number) => T): readonly T[] =>
  Array.from({ length: count }, (_, at) => piece(at));

/** What a user says. */
export const user = (content: unknown): object => ({ role: 'user', content });

/** The schema of an object. */
export const parameters = (properties: object): object => ({ type: 'object', properties });
