// Who is to be called at which event of a chat stream.
import type { ChatStreamEvent, ChatStreamEvents, ChatStreamListener } from '../surface/chat-stream.ts';

interface Listening<Name extends ChatStreamEvent> {
  readonly listener: ChatStreamListener<Name>;
  readonly isOnce: boolean;
}

type ByEvent = { [Name in ChatStreamEvent]?: readonly Listening<Name>[] | undefined };

/** Listeners in the order in which they came. */
export class Listeners {
  #byEvent: ByEvent = {};

  add<Name extends ChatStreamEvent>(event: Name, listener: ChatStreamListener<Name>, isOnce: boolean): void {
    this.#set(event, [...this.#of(event), { listener, isOnce }]);
  }

  remove<Name extends ChatStreamEvent>(event: Name, listener: ChatStreamListener<Name>): void {
    const listening = this.#of(event);
    const at = listening.findIndex((one) => one.listener === listener);
    if (at !== -1) this.#set(event, listening.toSpliced(at, 1));
  }

  has(...events: readonly ChatStreamEvent[]): boolean {
    return events.some((event) => this.#byEvent[event] !== undefined);
  }

  /** Calls them. One that comes or goes meanwhile changes nothing about this event. */
  emit<Name extends ChatStreamEvent>(event: Name, ...given: ChatStreamEvents[Name]): void {
    const listening = this.#of(event);
    if (listening.some(({ isOnce }) => isOnce))
      this.#set(
        event,
        listening.filter(({ isOnce }) => !isOnce),
      );
    for (const { listener } of listening) listener(...given);
  }

  clear(): void {
    this.#byEvent = {};
  }

  #of<Name extends ChatStreamEvent>(event: Name): readonly Listening<Name>[] {
    return this.#byEvent[event] ?? [];
  }

  #set<Name extends ChatStreamEvent>(event: Name, listening: readonly Listening<Name>[]): void {
    const byEvent: { [Key in Name]?: readonly Listening<Key>[] | undefined } = this.#byEvent;
    byEvent[event] = listening.length === 0 ? undefined : listening;
  }
}
