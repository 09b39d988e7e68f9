// The methods that need nothing but their operation: declared once for both clients.
import type { Mode } from '../surface/mode.ts';
import type { Surface } from '../surface/surface.ts';
import type { MethodName } from './loaders.ts';

/** What they are part of. */
type PlainMethods<M extends Mode> = Pick<Surface<M>, 'embeddings' | 'moderations' | 'completions' | 'images'>;

/**
 * @param whole makes a method that gives one whole answer.
 * @param either makes one that gives the parts, where its parameters say `stream: true`.
 */
export const plainMethods = <M extends Mode>(
  whole: (name: MethodName) => unknown,
  either: (name: MethodName) => unknown,
): PlainMethods<M> =>
  // What each of them takes and gives is known to its operation, and to no type of a table.
  ({
    embeddings: { create: whole('embeddings.create') },
    moderations: { create: whole('moderations.create') },
    completions: { create: either('completions.create') },
    images: {
      generate: either('images.generate'),
      edit: either('images.edit'),
      createVariation: whole('images.createVariation'),
    },
  }) as PlainMethods<M>;
