// What is told of a conversation of which a service can be sent nothing.
import { G4FError } from '@g4f/core';
import { invalid } from '../fit/invalid.ts';
import type { FitMessage } from '../fit/message.ts';
import type { Warn } from '../fit/warn.ts';

/** Why parts of messages were left out, and of which message the last one was. */
export class LeftOut {
  readonly #warn: Warn;
  readonly #reasons = new Set<string>();
  #place: number | undefined;

  /** @param warn is told what is left out, because other parts may be sent. */
  constructor(warn: Warn) {
    this.#warn = warn;
  }

  /** How what is left out of the message at this place is told. */
  at(place: number): Warn {
    return (reason) => {
      this.#place = place;
      this.#reasons.add(reason);
      this.#warn(reason);
    };
  }

  /** The error, to be thrown. @param service the name of the service. @param messages of which nothing is left. */
  error(service: string, messages: readonly FitMessage[]): G4FError {
    const place = this.#place ?? messages.length - 1;
    const field = `messages[${place}].content`;
    if (this.#place === undefined) return invalid(field, 'something that is said', messages[place]?.content);
    const why = [...this.#reasons].join(' ');
    return new G4FError(
      `${field}: something that ${service} takes was expected, but nothing is left: ${why}`,
      {
        code: 'invalid-request',
      },
    );
  }
}
