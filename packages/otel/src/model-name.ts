// How models are named in spans and metrics: a caller may write any text in the place of a model.
import { redact } from '@g4f/core';

/** Most characters of a name. */
const MOST_OF_NAME = 200;
/** Most names that become series. */
const MOST_NAMES = 200;
/** What the conventions call all others. */
const OTHER = '_OTHER';

/** The name as it may be told. */
export const modelName = (model: string): string => redact(model).slice(0, MOST_OF_NAME);

/** The names that have a series of their own: the first ones that were answered by. */
export class ModelSeries {
  readonly #names = new Set<string>();

  /** The name as it may stand in a metric. */
  nameOf(model: string): string {
    const name = modelName(model);
    if (this.#names.has(name)) return name;
    if (this.#names.size >= MOST_NAMES) return OTHER;
    this.#names.add(name);
    return name;
  }
}
