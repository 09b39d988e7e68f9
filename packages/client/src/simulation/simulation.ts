// A simulation under way: which request of a client gets which fault, and the line that says so.
import type { Operation, Provider } from '@g4f/core';
import { announce } from '#platform/announce';
import type { ProviderCall } from '../attempt/wrapped-operations.ts';
import type { SimulationOptions, SimulationRule } from './rules.ts';

/** Of the multiplicative generator of Lehmer, with the constants of Park, Miller and Stockmeyer (CACM 36, 7). */
const MODULUS = 2 ** 31 - 1;
const MULTIPLIER = 48_271;

/** A rule, and how many requests that it fits have reached it. */
interface CountedRule {
  readonly rule: SimulationRule;
  fitted: number;
}

/** What requests of one client meet. */
export class Simulation {
  readonly countsForHealth: boolean;
  readonly #who: string;
  readonly #rules: readonly CountedRule[];
  readonly #seed: number;
  #drawn: number;
  #injected = 0;

  /** Says on stderr that it is on. @param who has switched it on */
  constructor({ rules, seed, health = false }: SimulationOptions, who: string) {
    this.countsForHealth = health;
    this.#who = who;
    this.#rules = rules.map((rule) => ({ rule, fitted: 0 }));
    this.#seed = seed ?? Math.floor(Math.random() * (MODULUS - 1));
    this.#drawn = 1 + (mixed(this.#seed) % (MODULUS - 1));
    announce(
      `SIMULATION IS ON (${who}): answers fail on purpose by ${rules.map(shown).join('; ')}; seed=${this.#seed}.`,
    );
  }

  /** The rule that decides on this request; undefined if none does. */
  ruleFor({ provider, operation, request }: ProviderCall): SimulationRule | undefined {
    for (const counted of this.#rules) {
      const { rule } = counted;
      if (!fits(rule, provider, operation, request.model)) continue;
      counted.fitted += 1;
      if (rule.nth !== undefined && rule.nth !== counted.fitted) continue;
      if (rule.share === undefined || this.#draw() < rule.share) return rule;
    }
    return undefined;
  }

  /** Tells the person at the terminal of a fault; each time, by a number. */
  tell({ fault }: SimulationRule, { provider, request }: ProviderCall): void {
    this.#injected += 1;
    announce(
      `SIMULATED ${fault} at ${provider.id} (${request.model}), no. ${this.#injected} (${this.#who}).`,
    );
  }

  /** From 0 up to 1. */
  #draw(): number {
    this.#drawn = (this.#drawn * MULTIPLIER) % MODULUS;
    return (this.#drawn - 1) / (MODULUS - 1);
  }
}

/** Spreads seeds that are near each other: the first draw of the generator grows with its seed. The end of MurmurHash3. */
function mixed(seed: number): number {
  const once = Math.imul(seed ^ (seed >>> 16), 0x85_eb_ca_6b);
  const twice = Math.imul(once ^ (once >>> 13), 0xc2_b2_ae_35);
  return (twice ^ (twice >>> 16)) >>> 0;
}

function fits(rule: SimulationRule, provider: Provider, operation: Operation, model: string): boolean {
  if (rule.provider !== undefined && rule.provider !== provider.id) return false;
  if (rule.operation !== undefined && rule.operation !== operation) return false;
  const { model: wanted } = rule;
  return wanted === undefined || namesOf(provider, operation, model).some((name) => isNamed(name, wanted));
}

/** The provider's own id of the model, and the families that it stands for. */
function namesOf(provider: Provider, operation: Operation, model: string): readonly string[] {
  const offered =
    operation === 'chat' ? provider.models : (provider.modelsFor?.[operation] ?? provider.models);
  return [model, ...Object.entries(offered).flatMap(([family, id]) => (id === model ? [family] : []))];
}

const isNamed = (name: string, wanted: string): boolean =>
  wanted.endsWith('*') ? name.startsWith(wanted.slice(0, -1)) : name === wanted;

/** A rule as G4F_SIMULATE has it. */
function shown({ fault, provider = '', model, ...settings }: SimulationRule): string {
  const place = provider === '' && model === undefined ? '' : `@${provider}`;
  const head = `${fault}${place}${model === undefined ? '' : `:${model}`}`;
  return [head, ...Object.entries(settings).map(([name, value]) => `${name}=${value}`)].join(' ');
}
