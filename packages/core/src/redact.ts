// Takes keys out of text before it reaches a message, a log or a stack.

const MARK = '[redacted]';
/** What keys look like; a first group is kept. */
const KEY_SHAPES = [
  /\b(?:sk|pk|rk|gsk|xai|hf|ghp|gho|ghs|ghu|github_pat|csk|nvapi|pplx|r8|fw|tgp)[-_][\w*.…-]{5,}[\w*…-]/g,
  /\bAIza[\w-]{20,}/g,
  /\beyJ[\w-]{10,}\.[\w-]+(?:\.[\w-]*)?/g,
  /\b(Bearer |Basic )\s*[\w.~+/=*…-]{8,}/gi,
  /([?&](?:key|api[-_]?key|token|access_token)=)[^&\s"'<>]+/gi,
  /(\bhttps?:\/\/)[^\s/?#@"'<>]+@/gi,
];

/** The text without the given secrets (also in their URL-encoded form) and without anything that looks like a key. */
export const redact = (text: string, secrets: readonly (string | undefined)[] = []): string => {
  let clean = text;
  for (const secret of secrets) {
    if (secret === undefined || secret.length < 4) continue;
    clean = clean.replaceAll(secret, MARK).replaceAll(encodeURIComponent(secret), MARK);
  }
  for (const shape of KEY_SHAPES) {
    clean = clean.replace(shape, (_, kept: unknown) => (typeof kept === 'string' ? kept + MARK : MARK));
  }
  return clean;
};

/** Headers that say how a program is known, or how a key is made known. */
const CREDENTIAL = /auth|cookie|credential|key|pass|secret|session|signature|token/;
/** What everybody sends, and services repeat when they explain a refusal. */
const HARMLESS = /^(?:accept|anthropic-|content-|openai-|(?:http-)?referer$|user-agent$|x-title$)/;
/** A word of plain language, such as a media type or a team's name. */
const PLAIN_WORD = /^[A-Za-z][a-z]*(?:[-/_.:][a-z]+)*$/;
/** Shorter values are no secrets, and stand in texts by chance. */
const SHORTEST_SECRET = 8;

/** What of these headers may be a key, for {@link redact}: all words of those that hold keys, and what looks like one in the others. */
export const secretsIn = (headers: Readonly<Record<string, string | null>>): readonly string[] =>
  Object.entries(headers).flatMap(([given, value]) => {
    const name = given.toLowerCase();
    const isCredential = CREDENTIAL.test(name);
    if (value === null || (!isCredential && HARMLESS.test(name))) return [];
    return value
      .split(/[\s,;]+/)
      .filter((word) => word.length >= SHORTEST_SECRET && (isCredential || !PLAIN_WORD.test(word)));
  });
