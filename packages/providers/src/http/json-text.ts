// JSON text that came over the network: a value, or nothing where it is not JSON.

/** The value, or undefined if the text is not JSON. */
export const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
