// Under which name a backend knows a model.
import type { Provider } from '@g4f/core';

type Named = Pick<Provider, 'id' | 'models'>;

/** A backend's own id of a model that is named by its family, by that id, or as `backend:id`. */
export function ownId(backend: Named, model: string): string {
  const [prefix, rest] = splitAtColon(model);
  const name = prefix === backend.id ? rest : model;
  return familyOf(backend, name) ?? name;
}

/** The backend's own id of a family, if it offers it. */
export const familyOf = ({ models }: Pick<Named, 'models'>, name: string): string | undefined =>
  Object.hasOwn(models, name) ? models[name] : undefined;

/** What stands before the first colon, and what after it. */
export function splitAtColon(model: string): readonly [string | undefined, string] {
  const at = model.indexOf(':');
  return at === -1 ? [undefined, model] : [model.slice(0, at), model.slice(at + 1)];
}
