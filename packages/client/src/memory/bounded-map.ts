// A map that forgets what was set longest ago, so that a long-lived client does not grow with all it has ever seen.

const MOST = 1000;

/** At most 1,000 entries. What is set again counts as new. */
export class BoundedMap<V> {
  readonly #map = new Map<string, V>();

  get isEmpty(): boolean {
    return this.#map.size === 0;
  }

  get(key: string): V | undefined {
    return this.#map.get(key);
  }

  set(key: string, value: V): void {
    this.#map.delete(key);
    this.#map.set(key, value);
    if (this.#map.size <= MOST) return;
    const [oldest] = this.#map.keys();
    if (oldest !== undefined) this.#map.delete(oldest);
  }

  /** What is there; what `make` gives, from now on, if nothing is. */
  getOr(key: string, make: () => V): V {
    const found = this.#map.get(key);
    if (found !== undefined) return found;
    const made = make();
    this.set(key, made);
    return made;
  }

  values(): readonly V[] {
    return [...this.#map.values()];
  }
}
