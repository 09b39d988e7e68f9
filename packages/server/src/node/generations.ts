// The options of a server may change while it runs: calls that have begun end with those that they began with.
import type { NodeBindings } from '../exchange/exchange.ts';
import { type Handler, handlerOf } from '../handler/handler.ts';
import type { HandlerSettings } from '../options/options.ts';

interface Generation {
  readonly settings: HandlerSettings;
  readonly handler: Handler;
  /** How many answers are not complete. */
  running: number;
}

/** One handler after the other; the client of one that has been followed is closed with its last answer. */
export class Generations {
  readonly #ending: AbortSignal;
  #current: Generation;

  constructor(settings: HandlerSettings, ending: AbortSignal) {
    this.#ending = ending;
    this.#current = this.#begin(settings);
  }

  get settings(): HandlerSettings {
    return this.#current.settings;
  }

  /** Answers by the newest options. */
  readonly handle = (request: Request, node: NodeBindings): Promise<Response> => {
    const generation = this.#current;
    generation.running += 1;
    node.outgoing.once('close', () => {
      generation.running -= 1;
      this.#closeUnused(generation);
    });
    return generation.handler(request, node);
  };

  follow(settings: HandlerSettings): void {
    const before = this.#current;
    this.#current = this.#begin(settings);
    this.#closeUnused(before);
  }

  /** Closes the client, where it was made here, and counts no more. */
  end(): void {
    closeClient(this.settings);
    this.settings.metrics?.end();
  }

  #begin(settings: HandlerSettings): Generation {
    return { settings, handler: handlerOf(settings, this.#ending), running: 0 };
  }

  #closeUnused(generation: Generation): void {
    if (generation === this.#current || generation.running > 0) return;
    closeClient(generation.settings);
    // Otherwise the counts go on in the newer options.
    if (this.settings.metrics === undefined) generation.settings.metrics?.end();
  }
}

const closeClient = ({ ownsClient, client }: HandlerSettings): void => {
  if (ownsClient) client.close();
};
