// What a model wrote must not steer the terminal: control characters are taken out before it is shown there.

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out.
const CONTROLS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g;
/** Marks that change the direction of the text around them, which could show a command as another one. */
const DIRECTIONS = /[\u202a-\u202e\u2066-\u2069]/g;

/** The text without control characters, except tabs and ends of lines, and without marks that reverse the text around them. */
export const plainText = (text: string): string => text.replace(CONTROLS, '').replace(DIRECTIONS, '');

/** The same in one line. */
export const oneLine = (text: string): string => plainText(text).replaceAll(/\s+/g, ' ').trim();
