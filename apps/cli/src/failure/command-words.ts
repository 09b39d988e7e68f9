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
  [/\bserveMcp: folders: /g, '--folder '],
  [/\bserveMcp: origins\[\d+\]: /g, '--origin: '],
  [/\bserveMcp: hosts\[\d+\]: /g, '--allow-host: '],
  // Who keeps no key yet.
  [
    /(^| )([a-z][\w-]*): set ((?:[A-Z][A-Z0-9_]*(?:KEY|TOKEN))(?: or [A-Z][A-Z0-9_]*)*)/g,
    '$1$2: run "g4f keys set $2", or set $3',
  ],
  [/\bfallback: "local" \(or G4F_FALLBACK=local\) lets/g, '"g4f config set fallback local" lets'],
  [/"npm install @g4f\/local-runtime"/g, '"npm install -g @g4f/local-runtime"'],
  [/\bset retired: "successor" \(G4F_RETIRED\)/g, 'set G4F_RETIRED=successor'],
  [/\bthe apiKey of ([a-z][\w-]*)/g, 'the key of $1: "g4f keys set $1"'],
  [/\bthe baseURL\b/g, 'the address (its variable, such as OPENAI_BASE_URL, or the configuration)'],
  [
    / give it in the second argument, [\w.]+\(params, \{ \w+ \}\), or to the constructor\./g,
    ' leave it out of -o.',
  ],
  [/, bytes, a Blob or a data URL\b/g, ''],
  // A command that ends has no next call.
  [/ The next call starts it anew\./g, ' Check the command or the address.'],
  [/\btimeout\.total\b/g, '--timeout'],
  // The other limits cannot be changed here.
  [/, raise timeout\.\w+, or /g, ', or '],
  [/\bimages\.generate\b/g, '"g4f image"'],
  [/\bembeddings\.create\b/g, '"g4f embed"'],
  [/\baudio\.speech\.create\b/g, '"g4f speak"'],
  [/\baudio\.transcriptions\.create\b/g, '"g4f transcribe"'],
  [/\b(?:chat\.completions|responses)\.create\b/g, '"g4f ask"'],
  [/\b(moderations|completions)\.create\b/g, '"g4f serve" and POST /v1/$1'],
  [/, or raise timeout\.\w+\./g, '.'],
];

/** The message, and where it names the variable of a key that is kept, that it is kept. */
export const inCommandWords = (message: string): string => {
  const said = WORDS.reduce((text, [library, command]) => text.replace(library, command), message);
  const kept = keptVariables.find((variable) => new RegExp(`\\b${variable}\\b`).test(said));
  return kept === undefined ? said : `${said} (${kept} is kept by "g4f keys", not set in the environment)`;
};
