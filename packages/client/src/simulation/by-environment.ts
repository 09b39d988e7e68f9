// What G4F_SIMULATE adds to the options of a client.
import type { ClientOptions } from '../surface/options.ts';
import { simulationOf } from './with-simulation.ts';

/** The options with the simulation nearest to the providers, below what `wrap` has already. @throws G4FError `invalid-request` */
export const simulatedBy = (text: string, options: ClientOptions): ClientOptions => ({
  ...options,
  wrap: [...[options.wrap ?? []].flat(), simulationOf(text, 'G4F_SIMULATE')],
});
