// What a name of a model says: which provider it names, and under which id that provider knows the model.
//
// | name | means |
// |---|---|
// | `groq:…` | the provider groq, whatever it calls its models |
// | `openai/gpt-4o` | the provider openai, because it offers gpt-4o; if it has no key, those that call a model by this very name |
// | `openai/gpt-oss-120b` | whoever calls a model by this very name, because the provider openai does not offer it |
// | `huggingface/org/model` | the provider huggingface and its model org/model |
// | `meta-llama/…`, `models/…`, `@cf/…` | no provider: a model's own id, or another name of a family |
// | `…:free`, `…:nitro` | OpenRouter alone: no other service has these variants |
//
// `test/model-names.test.ts` holds the whole table.

import type { Provider } from '@g4f/core';
import { ownValue } from '@g4f/core/internal';

type Named = Pick<Provider, 'id' | 'models'>;

/** Whose the variants are: https://openrouter.ai/docs/guides/routing/model-variants/overview */
export const VARIANTS_OF = 'openrouter';
const VARIANTS: ReadonlySet<string> = new Set([
  'batch',
  'exacto',
  'extended',
  'floor',
  'free',
  'nitro',
  'online',
  'thinking',
]);
/** Services that publish models under their own name as well: there `nvidia/x` is an id, and not nvidia's `x`. */
const PUBLISHERS: ReadonlySet<string> = new Set(['groq', 'nvidia', 'openrouter']);

/** A model, and the variant of it that OpenRouter serves: `gpt-4o` and `free`. */
export const variantOf = (model: string): { readonly base: string; readonly variant: string } | undefined => {
  const at = model.lastIndexOf(':');
  const variant = model
    .slice(at + 1)
    .trim()
    .toLowerCase();
  return at > 0 && VARIANTS.has(variant) ? { base: model.slice(0, at).trim(), variant } : undefined;
};

/** A provider's own id of a model that is named by its family, by that id, as `provider:id`, or as `provider/id`. */
export function modelIdAt(backend: Named, model: string): string {
  const { id } = backend;
  const name = model.startsWith(`${id}:`) ? model.slice(id.length + 1) : model;
  return offered(backend, name) ?? offered(backend, withoutName(backend, name)) ?? withoutName(backend, name);
}

/** `name` without the `provider/` before it, unless that belongs to the id. */
function withoutName(backend: Named, name: string): string {
  const { id } = backend;
  if (!name.startsWith(`${id}/`)) return name;
  const rest = name.slice(id.length + 1);
  return !PUBLISHERS.has(id) || rest.includes('/') || offered(backend, rest) !== undefined ? rest : name;
}

/** The provider's own id of what it is known to offer: a family, its own id, or a variant of either. */
export function offered(backend: Named, name: string): string | undefined {
  const family = familyOf(backend, name);
  if (family !== undefined) return family;
  if (Object.values(backend.models).includes(name)) return name;
  const { base, variant } = (backend.id === VARIANTS_OF ? variantOf(name) : undefined) ?? {};
  const own = base === undefined ? undefined : offered(backend, base);
  return own === undefined ? undefined : `${own}:${variant}`;
}

/** The provider's own id of a family, if it offers it. */
export const familyOf = ({ models }: Pick<Named, 'models'>, name: string): string | undefined =>
  ownValue(models, name);

/** What stands before the first colon, and what after it. */
export const splitAtColon = (model: string): readonly [string | undefined, string] => splitAt(model, ':');

/** What stands before the first slash, and what after it. */
export const splitAtSlash = (model: string): readonly [string | undefined, string] => splitAt(model, '/');

function splitAt(model: string, mark: string): readonly [string | undefined, string] {
  const at = model.indexOf(mark);
  return at === -1 ? [undefined, model] : [model.slice(0, at), model.slice(at + 1)];
}
