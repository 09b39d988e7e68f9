// Takes characters off the end of a text. No expression: `/\/+$/` tries each of many slashes that are not at the end.

/** The text without any of these characters at its end. */
export const withoutEnd = (text: string, characters: string): string => {
  let end = text.length;
  while (end > 0 && characters.includes(text.charAt(end - 1))) end--;
  return text.slice(0, end);
};
