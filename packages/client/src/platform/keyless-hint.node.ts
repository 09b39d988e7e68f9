// What a newcomer is told who has no key: how to get an answer all the same. Browsers, which cannot do it, have keyless-hint.browser.ts.
/** Goes on after what is missing. */
export const KEYLESS_HINT =
  ' | Without any key: fallback: "local" (or G4F_FALLBACK=local) lets a small model on this machine answer, once "npm install @g4f/local-runtime" has been run';
