// Lists as JSON that other programs may have written, too.

/** Empty where the text is no list in JSON. */
export const listIn = (text: string): readonly unknown[] => {
  try {
    const list: unknown = JSON.parse(text);
    return Array.isArray(list) ? list : [];
  } catch {
    return [];
  }
};
