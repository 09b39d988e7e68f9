// The option `models`: names of the gateway's own.
import type { ModelTarget, ModelTargets, TargetTable } from '../targets/target.ts';
import { targetOf } from '../targets/target.ts';
import { isObject, wrong } from './wrong.ts';

const CONDITIONS: Readonly<Record<string, string>> = {
  tools: 'boolean',
  images: 'boolean',
  json: 'boolean',
  stream: 'boolean',
  minTokens: 'number',
  maxTokens: 'number',
};
const FIELDS: ReadonlySet<string> = new Set(['provider', 'model', 'weight', 'when']);

/**
 * @param known ids of all providers; undefined where they are not known.
 * @throws G4FError `invalid-request` that names the target
 */
export const settleTargets = (models: unknown, known: ReadonlySet<string> | undefined): TargetTable => {
  if (models === undefined) return new Map();
  if (!isObject(models)) throw wrong('models', 'an object of lists of targets');
  return new Map(
    Object.entries(models as ModelTargets).map(([name, list]) => {
      if (name.trim() === '') throw wrong('models', 'an object whose names are not empty');
      if (!Array.isArray(list) || list.length === 0)
        throw wrong(`models.${name}`, 'a list with at least one target, such as "openai:gpt-4o"');
      return [name, list.map((given: unknown, at) => readTarget(given, `models.${name}[${at}]`, known))];
    }),
  );
};

function readTarget(given: unknown, where: string, known: ReadonlySet<string> | undefined): ModelTarget {
  if (typeof given !== 'string' && !isObject(given))
    throw wrong(where, 'a text (provider:model), or an object with a provider');
  const target = targetOf(given as string | ModelTarget);
  const stranger = Object.keys(target).find((name) => !FIELDS.has(name));
  if (stranger !== undefined)
    throw wrong(where, `an object without ${stranger}: it has ${[...FIELDS].join(', ')}`);
  const { provider, model, weight, when } = target;
  if (typeof provider !== 'string' || (known !== undefined && !known.has(provider)))
    throw wrong(`${where}.provider`, 'the id of a provider');
  if (model !== undefined && (typeof model !== 'string' || model.trim() === ''))
    throw wrong(`${where}.model`, 'the name of a model');
  if (
    weight !== undefined &&
    !(typeof weight === 'number' && weight >= 0 && weight < Number.POSITIVE_INFINITY)
  )
    throw wrong(`${where}.weight`, 'a number, 0 or more');
  if (when !== undefined) checkCondition(when, `${where}.when`);
  return target;
}

function checkCondition(when: unknown, where: string): void {
  if (!isObject(when)) throw wrong(where, 'an object');
  for (const [name, value] of Object.entries(when)) {
    const type = Object.hasOwn(CONDITIONS, name) ? CONDITIONS[name] : undefined;
    if (type === undefined)
      throw wrong(where, `an object without ${name}: it has ${Object.keys(CONDITIONS).join(', ')}`);
    if (typeof value !== type) throw wrong(`${where}.${name}`, `a ${type}`);
  }
}
