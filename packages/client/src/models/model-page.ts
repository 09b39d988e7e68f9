// A list of models that can be gone through, as OpenAI's page can: awaited first, or at once by `for await`.
import type { Model, ModelList, ModelPage } from '../surface/models.ts';

/** The list, to be gone through by `for`. What makes it so is not seen where it is printed, compared or written as JSON. */
export const toPage = (list: ModelList): ModelPage =>
  Object.defineProperty(list, Symbol.iterator, {
    value: () => list.data[Symbol.iterator](),
  }) as ModelPage;

/** The promise, to be gone through by `for await` as well. */
export const withModels = (page: Promise<ModelPage>): Promise<ModelPage> & AsyncIterable<Model> =>
  Object.defineProperty(page, Symbol.asyncIterator, {
    value: async function* (): AsyncGenerator<Model> {
      yield* await page;
    },
  }) as Promise<ModelPage> & AsyncIterable<Model>;
