// Listeners of events by their names.

interface AddedListener {
  readonly call: (...given: unknown[]) => void;
  readonly once: boolean;
}

/** The listeners of one object. */
export class Listeners<Events extends object> {
  readonly #all = new Map<keyof Events, AddedListener[]>();

  /** @param listener a function; what it is given is known to whoever emits the event. */
  add<Name extends keyof Events>(event: Name, listener: object, once: boolean): void {
    const listeners = this.#all.get(event) ?? [];
    listeners.push({ call: listener as AddedListener['call'], once });
    this.#all.set(event, listeners);
  }

  /** One that was added twice is removed once. */
  remove<Name extends keyof Events>(event: Name, call: object): void {
    const listeners = this.#all.get(event) ?? [];
    const at = listeners.findIndex((listener) => listener.call === call);
    if (at >= 0) listeners.splice(at, 1);
  }

  has(event: keyof Events): boolean {
    return (this.#all.get(event) ?? []).length > 0;
  }

  emit<Name extends keyof Events>(event: Name, ...given: readonly unknown[]): void {
    for (const { call, once } of [...(this.#all.get(event) ?? [])]) {
      if (once) this.remove(event, call);
      call(...given);
    }
  }
}
