// The library's messages in the words of this command: whoever types has options and commands, and no methods.

let keptVariables: readonly string[] = [];

/** Remembers which variables stand for keys of `g4f keys`, and not for variables of the environment. */
export const rememberKept = (variables: readonly string[]): void => {
  keptVariables = variables;
};

/** What the library calls it, and what it is called here. */
const WORDS: readonly (readonly [library: RegExp, command: string])[] = [
  [/models\.list\(\)/g, '"g4f models"'],
  [/ or with provider\./g, ' or with -p.'],
  // A command that ends has no next call.
  [/ The next call starts it anew\./g, ' Check the command or the address.'],
  [/\btimeout\.total\b/g, '--timeout'],
  // The other limits cannot be changed here.
  [/, raise timeout\.\w+, or /g, ', or '],
  [/\bimages\.generate\b/g, '"g4f image"'],
  [/\bembeddings\.create\b/g, '"g4f embed"'],
  [/\baudio\.speech\.create\b/g, '"g4f speak"'],
  [/\baudio\.transcriptions\.create\b/g, '"g4f transcribe"'],
  [/\bchat\.completions\.create\b/g, '"g4f ask"'],
];

/** The message, and where it names the variable of a key that is kept, that it is kept. */
export const inCommandWords = (message: string): string => {
  const said = WORDS.reduce((text, [library, command]) => text.replace(library, command), message);
  const kept = keptVariables.find((variable) => new RegExp(`\\b${variable}\\b`).test(said));
  return kept === undefined ? said : `${said} (${kept} is kept by "g4f keys", not set in the environment)`;
};
