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
