// Messages in turn: where a protocol wants its speakers to alternate, what follows from the same one becomes one turn.

/** The turns, merged; those that hold nothing are left out. @param into the field that holds what is said. */
export const mergeTurns = <
  K extends string,
  T extends { readonly role: string } & Readonly<Record<K, readonly object[]>>,
>(
  turns: readonly (T | undefined)[],
  into: K,
): readonly T[] => {
  const merged: T[] = [];
  /** Of the last turn. */
  let said: object[] = [];
  for (const turn of turns) {
    if (turn === undefined || turn[into].length === 0) continue;
    if (merged.at(-1)?.role === turn.role) for (const one of turn[into]) said.push(one);
    else {
      said = [...turn[into]];
      merged.push({ ...turn, [into]: said });
    }
  }
  return merged;
};
