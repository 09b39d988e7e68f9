// Which model is chosen at first.

/** What the gateway tells of a model. */
export interface ListedModel {
  readonly id: string;
  /** What it gives; text where it is not told. */
  readonly output?: readonly string[];
}

/** Those that can be talked with. */
export const chatting = (models: readonly ListedModel[]): readonly ListedModel[] =>
  models.filter(({ id, output }) => (output === undefined ? !/embed/i.test(id) : output.includes('text')));
