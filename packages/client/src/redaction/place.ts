// Where in a text something private stands.

/** A part of a text, in UTF-16 units, and what it is: the label of its placeholder. */
export interface Place {
  readonly label: string;
  readonly start: number;
  readonly end: number;
}

/** Finds places in a text, in time linear in its length. */
export type Find = (text: string) => readonly Place[];

/** The places in order, those that overlap as one: nothing of either is left. It has the label of the longer. */
export const apart = (places: readonly Place[]): readonly Place[] => {
  const sorted = places.toSorted((one, other) => one.start - other.start || other.end - one.end);
  const merged: Place[] = [];
  for (const place of sorted) {
    const last = merged.at(-1);
    if (last === undefined || place.start >= last.end) merged.push(place);
    else merged[merged.length - 1] = joined(last, place);
  }
  return merged;
};

function joined(first: Place, second: Place): Place {
  const { label } = second.end - second.start > first.end - first.start ? second : first;
  return { label, start: first.start, end: Math.max(first.end, second.end) };
}
