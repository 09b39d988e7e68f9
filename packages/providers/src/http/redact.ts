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

/** Most characters that are looked at, so that a body of many MiB costs no time. */
const LOOKED_AT = 16 * 1024;

/** The first characters of a body, on one line and without keys, for an error's message. */
export const excerpt = (
  text: string,
  secrets: readonly (string | undefined)[] = [],
  length = 200,
): string => {
  // Redacted before it is cut: half a key at the cut would no longer look like one. The first cut is between words.
  const cut = text.length > LOOKED_AT ? text.lastIndexOf(' ', LOOKED_AT) : -1;
  const near = text.slice(0, cut > 0 ? cut : LOOKED_AT);
  const line = redact(near, secrets).replace(/\s+/g, ' ').trim();
  return line.length > length ? `${line.slice(0, length)}…` : line;
};
