// What a person most likely meant: the nearest of the names that there are.

/** The nearest name, if it is near enough to be meant. */
export const nearest = (given: string, names: Iterable<string>): string | undefined => {
  let best: string | undefined;
  let least = Math.min(2, Math.floor(given.length / 3));
  for (const name of names) {
    if (Math.abs(name.length - given.length) > least) continue;
    const distance = editsBetween(given, name);
    if (distance > least || (distance === least && best !== undefined)) continue;
    best = name;
    least = distance;
  }
  return best;
};

/** Letters to add, take away or change, or to swap with their neighbour. */
function editsBetween(one: string, other: string): number {
  let before: number[] = [];
  let row = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let i = 1; i <= one.length; i++) {
    const next = [i];
    for (let j = 1; j <= other.length; j++) {
      const same = one[i - 1] === other[j - 1] ? 0 : 1;
      let cost = Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + same);
      const swapped = i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1];
      if (swapped) cost = Math.min(cost, (before[j - 2] ?? 0) + 1);
      next[j] = cost;
    }
    before = row;
    row = next;
  }
  return row[other.length] ?? 0;
}
