// Waits until what is told again and again has come to rest.

/** Editors write a file in several steps: the last of them counts. In ms. */
const SETTLED = 100;

/** A folder in which something is written all the time never comes to rest. In ms. */
const LONGEST = 1_000;

/** @param done is called when nothing has been told for 100 ms, or a second after the first that was told. */
export const settling = (
  done: () => void,
): {
  /** Something has happened. */
  readonly told: () => void;
  /** Nothing is to be done any more. */
  readonly end: () => void;
} => {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let first: number | undefined;
  const end = (): void => clearTimeout(timer);
  const rest = (): void => {
    first = undefined;
    done();
  };
  return {
    told() {
      const now = performance.now();
      first ??= now;
      end();
      timer = setTimeout(rest, Math.min(SETTLED, Math.max(0, first + LONGEST - now)));
    },
    end,
  };
};
