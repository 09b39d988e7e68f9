// The wrap that rehearses failures, as a program names it: what carries it out is loaded with the first request that it concerns.
import type { Operation, Operations } from '@g4f/core';
import { type AroundOperation, type ProviderCall, withAround } from '../attempt/wrapped-operations.ts';
import { withNamedIds } from '../options/named-ids.ts';
import { withPlainForm } from '../options/plain-form.ts';
import { reading } from '../options/unreadable.ts';
import type { WrapProvider } from '../surface/middleware.ts';
import { checkSimulation, type SimulationOptions } from './rules.ts';
import { Simulation } from './simulation.ts';

/**
 * Lets requests fail on purpose, by rules, below failover: what an application does about a reset, a stall or a 429 is seen before a
 * service does it. That it is on, and each fault, is said on stderr; the message of a failure that it makes begins with SIMULATED.
 * It says nothing of a provider: health, keys and circuit breakers stay as they are, unless `health` is true.
 *
 * @param given rules, or the text that G4F_SIMULATE may hold: `reset@openai:gpt-* share=0.3; status-429 nth=2; seed=7`
 * @returns for the option `wrap` of a client.
 * @throws G4FError `invalid-request` for rules that there are not.
 */
export const withSimulation = (given: string | SimulationOptions): WrapProvider =>
  withPlainForm(simulationOf(given, 'withSimulation'), 'withSimulation', given);

/** @param who has switched it on, for errors and for the line that says so. @throws G4FError `invalid-request` */
export const simulationOf = (given: unknown, who: string): WrapProvider => {
  const options = reading(given, () => checkSimulation(given, who));
  let simulation: Simulation | undefined;
  const wrap: WrapProvider = (provider) => {
    simulation ??= new Simulation(options, who);
    return withAround(provider, aroundBy(simulation));
  };
  const ids = options.rules.flatMap(({ provider }) => provider ?? []);
  return withNamedIds(wrap, `${who} rules`, ids);
};

const aroundBy = (simulation: Simulation): AroundOperation =>
  async function* simulated<O extends Operation>(
    call: ProviderCall<O>,
    ask: () => AsyncIterable<Operations[O]['part']>,
  ): AsyncGenerator<Operations[O]['part'], undefined> {
    const rule = simulation.ruleFor(call);
    if (rule === undefined) {
      yield* ask();
      return undefined;
    }
    const { simulatedParts } = await import('./simulated-parts.ts');
    return yield* simulatedParts(call, ask, rule, simulation);
  };
