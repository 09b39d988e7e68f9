// The rules of a simulation: as objects, or as the text that G4F_SIMULATE holds.
import { G4FError, OPERATIONS, type Operation } from '@g4f/core';
import { nearNames } from '@g4f/providers/options';
import { quote } from '../errors/quote.ts';
import { noField, wrong } from '../options/check-option.ts';
import { isFields } from '../options/plain-value.ts';
import { FAULT_NAMES, isFaultName, type SimulatedFaultName } from './faults.ts';

/** Which requests get which fault. Of the rules that fit a request, the first one decides that is due by its `share` and `nth`. */
export interface SimulationRule {
  /** Its name in the table of faults, such as `reset`. */
  readonly fault: SimulatedFaultName;
  /** The id of a provider; every one unless given. */
  readonly provider?: string;
  /** A family, or the provider's own id of a model; with `*` at its end, all that begin so. Every one unless given. */
  readonly model?: string;
  /** `chat`, `embed`, …; every one unless given. */
  readonly operation?: Operation;
  /** Which share of the requests that reach the rule, above 0 and at most 1, drawn by the seed; all of them unless given. */
  readonly share?: number;
  /** Only this one of the requests that reach the rule, counted from 1: those that fit, and that no rule before it has decided. */
  readonly nth?: number;
  /** For `slow`: how long is waited before each further part, in ms; 200. */
  readonly ms?: number;
}

/** The options of `withSimulation`. */
export interface SimulationOptions {
  readonly rules: readonly SimulationRule[];
  /** For `share`: the same seed draws the same requests; one at random, which is told on stderr, unless given. */
  readonly seed?: number;
  /** Whether simulated failures count for health and keys, so that circuit breakers are rehearsed, too; false. */
  readonly health?: boolean;
}

const MOST_SEED = 2 ** 31 - 2;
const RULE_FIELDS: readonly (keyof SimulationRule)[] = [
  'fault',
  'provider',
  'model',
  'operation',
  'share',
  'nth',
  'ms',
];

/** @param who is named in errors. @throws G4FError `invalid-request` */
export function checkSimulation(given: unknown, who: string): SimulationOptions {
  if (typeof given === 'string') return parseSimulation(given, who);
  if (!isFields(given))
    throw wrong(who, 'given a text such as "reset@openai share=0.3", or an object with rules', given);
  const { rules, seed, health, ...others } = given;
  const [other] = Object.keys(others);
  if (other !== undefined) throw noField(who, other, ['rules', 'seed', 'health']);
  if (!Array.isArray(rules) || rules.length === 0) throw wrong(`${who} rules`, 'a list of rules', rules);
  if (seed !== undefined && !isWhole(seed, 0, MOST_SEED))
    throw wrong(`${who} seed`, 'a whole number, 0 or more', seed);
  if (health !== undefined && typeof health !== 'boolean')
    throw wrong(`${who} health`, 'true or false', health);
  const checked = rules.map((rule, at) => checkRule(rule, `${who} rules[${at}]`));
  checkReach(checked, who);
  return {
    rules: checked,
    ...(seed !== undefined && { seed }),
    ...(health !== undefined && { health }),
  };
}

function checkRule(rule: unknown, who: string): SimulationRule {
  if (!isFields(rule)) throw wrong(who, 'an object, such as { fault: "reset", provider: "openai" }', rule);
  for (const name of Object.keys(rule))
    if (!RULE_FIELDS.some((field) => field === name)) throw noField(who, name, RULE_FIELDS);
  const { fault, provider, model, operation, share, nth, ms } = rule;
  if (!isFaultName(fault)) throw noFault(who, fault);
  if (operation !== undefined && !isOperation(operation))
    throw wrong(`${who}.operation`, `one of ${OPERATIONS.join(', ')}`, operation);
  if (share !== undefined && !(typeof share === 'number' && share > 0 && share <= 1))
    throw wrong(`${who}.share`, 'a number above 0 and at most 1', share);
  if (nth !== undefined && !isWhole(nth, 1, Number.MAX_SAFE_INTEGER))
    throw wrong(`${who}.nth`, 'a whole number, 1 or more', nth);
  if (ms !== undefined && (fault !== 'slow' || !isWhole(ms, 1, 600_000)))
    throw wrong(`${who}.ms`, 'a whole number of ms from 1 to 600,000, and only for the fault slow', ms);
  return {
    fault,
    ...nameIn('provider', provider, who),
    ...nameIn('model', model, who),
    ...(operation !== undefined && { operation }),
    ...(share !== undefined && { share }),
    ...(nth !== undefined && { nth }),
    ...(ms !== undefined && { ms }),
  };
}

/** @throws G4FError `invalid-request` for a rule that is never reached, because one before it decides on all that it fits. */
function checkReach(rules: readonly SimulationRule[], who: string): void {
  rules.forEach((rule, at) => {
    const before = rules.findIndex((other, place) => place < at && decidesAll(other, rule));
    if (before !== -1)
      throw new G4FError(
        `${who} rules[${at}]: it is never reached, because rules[${before}] decides on every request that it fits. Put it first, or give the other a share or nth.`,
        { code: 'invalid-request' },
      );
  });
}

/** Whether every request that fits `rule` is decided by this one. */
const decidesAll = (
  { share = 1, nth, provider, operation, model }: SimulationRule,
  rule: SimulationRule,
): boolean =>
  share === 1 &&
  nth === undefined &&
  (provider === undefined || provider === rule.provider) &&
  (operation === undefined || operation === rule.operation) &&
  (model === undefined || model === rule.model || isNamedBy(model, rule.model ?? ''));

const isNamedBy = (model: string, name: string): boolean =>
  model.endsWith('*') && name.startsWith(model.slice(0, -1));

function nameIn(
  field: 'provider' | 'model',
  name: unknown,
  who: string,
): { readonly [field: string]: string } {
  if (name === undefined) return {};
  if (typeof name !== 'string' || name === '') throw wrong(`${who}.${field}`, 'a name', name);
  return { [field]: name };
}

const isOperation = (name: unknown): name is Operation => OPERATIONS.some((operation) => operation === name);
const isWhole = (value: unknown, least: number, most: number): value is number =>
  Number.isInteger(value) && Number(value) >= least && Number(value) <= most;

function noFault(who: string, fault: unknown): G4FError {
  const near = typeof fault === 'string' ? nearNames(fault, FAULT_NAMES) : [];
  const instead =
    near.length > 0 ? `Did you mean ${near.join(' or ')}?` : `There are ${FAULT_NAMES.join(', ')}.`;
  return new G4FError(`${who}: there is no fault ${quote(fault)}. ${instead}`, { code: 'invalid-request' });
}

const NUMBERS: ReadonlySet<string> = new Set(['share', 'nth', 'ms']);

/**
 * Rules with `;` between them, each `fault@provider:model` and then settings with spaces between them, of which all but the fault may
 * be left out; `seed=7` and `health=true` are entries of their own.
 */
function parseSimulation(text: string, who: string): SimulationOptions {
  const rules: Record<string, unknown>[] = [];
  const options: Record<string, unknown> = {};
  for (const entry of text.split(';').map((one) => one.trim())) {
    if (entry === '') continue;
    const [head = '', ...settings] = entry.split(/\s+/);
    if (head.startsWith('seed=')) options.seed = numberOf(head.slice(5));
    else if (head.startsWith('health=')) options.health = switchOf(head.slice(7));
    else rules.push({ ...placeIn(head), ...Object.fromEntries(settings.map((one) => settingIn(one, who))) });
  }
  if (rules.length === 0)
    throw wrong(who, 'one rule or more, such as "reset@openai share=0.3; seed=7"', text);
  return checkSimulation({ rules, ...options }, who);
}

function placeIn(head: string): Record<string, string> {
  const at = head.indexOf('@');
  if (at === -1) return { fault: head };
  const place = head.slice(at + 1);
  const colon = place.indexOf(':');
  const provider = colon === -1 ? place : place.slice(0, colon);
  return {
    fault: head.slice(0, at),
    // "@:model" is a model of every provider.
    ...((provider !== '' || colon === -1) && { provider }),
    ...(colon !== -1 && { model: place.slice(colon + 1) }),
  };
}

function settingIn(setting: string, who: string): readonly [string, unknown] {
  const at = setting.indexOf('=');
  if (at < 1) throw wrong(who, 'rules whose settings are written as share=0.3 or nth=2', setting);
  const [name, value] = [setting.slice(0, at), setting.slice(at + 1)];
  return [name, NUMBERS.has(name) ? numberOf(value) : value];
}

/** What is no number is refused as the text that it is. */
const numberOf = (text: string): unknown => (/^\d{1,10}(?:\.\d{1,10})?$/.test(text) ? Number(text) : text);
const switchOf = (text: string): unknown => (text === 'true' ? true : text === 'false' ? false : text);
