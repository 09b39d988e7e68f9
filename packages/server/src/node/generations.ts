// The options of a server may change while it runs: calls that have begun end with those that they began with.
import type { Answer } from '../answer/answer.ts';
import type { CallerRequest } from '../answer/caller-request.ts';
import type { NodeBindings } from '../exchange/exchange.ts';
import { type Answerer, answeringOf } from '../handler/handler.ts';
import type { HandlerSettings } from '../options/options.ts';

interface Generation {
  readonly settings: HandlerSettings;
  readonly answer: Answerer;
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
  readonly answer = (request: CallerRequest, node: NodeBindings): Promise<Answer> => {
    const generation = this.#current;
    generation.running += 1;
    node.outgoing.once('close', () => {
      generation.running -= 1;
      this.#closeUnused(generation);
    });
    return generation.answer(request, node);
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
    return { settings, answer: answeringOf(settings, this.#ending), running: 0 };
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
