// The answer of a chat with the values in the place of their placeholders: each text of each choice by itself.
import type { Batch, Source, StreamEvent, ToolCallDelta } from '@g4f/core';
import type { Placeholders } from './placeholders.ts';
import { asJSON, asText, RestoredText } from './restored-text.ts';

/** The texts of one choice. */
interface Texts {
  readonly text: RestoredText;
  readonly reasoning: RestoredText;
  readonly calls: Map<string, Call>;
}

interface Call {
  readonly key: string;
  readonly custom?: true;
  readonly arguments: RestoredText;
}

/** Hears the batches of one answer in order. */
export class RestoredAnswer {
  readonly #placeholders: Placeholders;
  readonly #choices = new Map<number, Texts>();

  constructor(placeholders: Placeholders) {
    this.#placeholders = placeholders;
  }

  /** The batch as its reader is to have it: what is cut at its end comes with the next. */
  next(batch: Batch): Batch {
    return batch.flatMap((event) => this.#told(event));
  }

  /** What was held back, when nothing more comes. */
  rest(): Batch {
    return [...this.#choices.keys()].flatMap((choice) => this.#restOf(choice));
  }

  #told(event: StreamEvent): StreamEvent | readonly StreamEvent[] {
    const { choice = 0 } = event;
    switch (event.type) {
      case 'text-delta':
        return withText(event, this.#textsOf(choice).text.next(event.text));
      case 'reasoning-delta':
        return withText(event, this.#textsOf(choice).reasoning.next(event.text));
      case 'tool-call-delta':
        return event.arguments === undefined
          ? event
          : { ...event, arguments: this.#callOf(choice, event).arguments.next(event.arguments) };
      case 'source':
        return this.#source(event, this.#textsOf(choice).text);
      case 'finish':
        return [...this.#restOf(choice), event];
      default:
        return event;
    }
  }

  /** What a page says, and where in the text it counts. */
  #source(source: Source, text: RestoredText): Source {
    const { url, title, text: cited, start, end } = source;
    return {
      ...source,
      ...(url !== undefined && { url: this.#whole(url) }),
      ...(title !== undefined && { title: this.#whole(title) }),
      ...(cited !== undefined && { text: this.#whole(cited) }),
      ...(start !== undefined && { start: text.placeOf(start) }),
      ...(end !== undefined && { end: text.placeOf(end) }),
    };
  }

  #whole(text: string): string {
    const restored = new RestoredText(this.#placeholders, asText);
    return restored.next(text) + restored.rest();
  }

  #textsOf(choice: number): Texts {
    const before = this.#choices.get(choice);
    if (before !== undefined) return before;
    const made: Texts = {
      text: new RestoredText(this.#placeholders, asText),
      reasoning: new RestoredText(this.#placeholders, asText),
      calls: new Map(),
    };
    this.#choices.set(choice, made);
    return made;
  }

  /** The input of a tool without a schema is any text. */
  #callOf(choice: number, { key, custom }: ToolCallDelta): Call {
    const { calls } = this.#textsOf(choice);
    const before = calls.get(key);
    if (before !== undefined) return before;
    const write = custom ? asText : asJSON;
    const made: Call = {
      key,
      ...(custom && { custom }),
      arguments: new RestoredText(this.#placeholders, write),
    };
    calls.set(key, made);
    return made;
  }

  #restOf(choice: number): Batch {
    const texts = this.#choices.get(choice);
    if (texts === undefined) return [];
    const of = { choice };
    const events: StreamEvent[] = [
      { ...of, type: 'reasoning-delta', text: texts.reasoning.rest() },
      { ...of, type: 'text-delta', text: texts.text.rest() },
    ];
    for (const { arguments: given, ...call } of texts.calls.values())
      events.push({ ...of, ...call, type: 'tool-call-delta', arguments: given.rest() });
    return events.filter(
      (event) => (event.type === 'tool-call-delta' ? event.arguments : textOf(event)) !== '',
    );
  }
}

const textOf = (event: StreamEvent): string => ('text' in event ? (event.text ?? '') : '');

/** Nothing of an event whose whole text is held back, unless it says more. */
function withText<Event extends StreamEvent & { readonly text: string }>(
  event: Event,
  text: string,
): readonly Event[] {
  if (text === event.text) return [event];
  return text === '' && event.extra === undefined ? [] : [{ ...event, text }];
}
