// The calls of an Ollama answer: each comes whole, in one line or over several; older servers give them no ids.
// Source: https://docs.ollama.com/capabilities/tool-calling
import type { StreamEvent } from '@g4f/core';
import type { Asked } from '../http/failure.ts';
import { CallArguments } from './call-arguments.ts';
import { asObject, asText, type Json } from './json.ts';
import type { PayloadFields } from './payload-fields.ts';
import { unreadable } from './text-value.ts';

interface Call {
  readonly key: string;
  readonly arguments: CallArguments;
}

/** A call whose id was seen is that call once more: said again, or continued. One without an id is another. */
export class OllamaCalls {
  readonly #prefix: string;
  readonly #asked: Asked;
  readonly #fields: PayloadFields;
  readonly #calls = new Map<string, Call>();

  /** @param prefix of the ids of calls that have none. */
  constructor(prefix: string, asked: Asked, fields: PayloadFields) {
    this.#prefix = prefix;
    this.#asked = asked;
    this.#fields = fields;
  }

  /** Adds what this says. @throws G4FError `bad-response` for arguments of nobody knows what */
  read(call: Json, events: StreamEvent[]): void {
    const fn = asObject(call.function) ?? {};
    const name = asText(fn.name);
    const key = String(this.#calls.size);
    const id = asText(call.id) ?? `${this.#prefix}-${key}`;
    const args = this.#fields.argumentsOf(fn.arguments);
    let known = this.#calls.get(id);
    if (known === undefined) {
      if (name === undefined && args === '') return;
      if (name === undefined) throw unreadable(call, this.#asked);
      known = { key, arguments: new CallArguments() };
      this.#calls.set(id, known);
      events.push({ type: 'tool-call-delta', key, id, name });
    }
    const text = known.arguments.add(args);
    if (text !== '') events.push({ type: 'tool-call-delta', key: known.key, arguments: text });
  }

  /** Adds what calls without arguments are still to be given. */
  close(events: StreamEvent[]): void {
    for (const { key, arguments: args } of this.#calls.values()) {
      const text = args.end();
      if (text !== '') events.push({ type: 'tool-call-delta', key, arguments: text });
    }
  }
}
