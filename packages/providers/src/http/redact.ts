// Takes keys out of text before it reaches a message, a log or a stack.

const MARK = '[redacted]';
const KEY_SHAPES = [
  /\b(?:sk|pk|rk|gsk|xai|hf|ghp|gho|github_pat|csk|nvapi|pplx|r8|AIza)[-_][\w*.…-]{6,}/g,
  /\bAIza[\w-]{20,}/g,
  /\b(Bearer|Basic)\s+[\w.~+/=-]{8,}/gi,
  /([?&](?:key|api[-_]?key|token|access_token)=)[^&\s"']+/gi,
];

/** The text without the given secrets and without anything that looks like a key. */
export const redact = (text: string, secrets: readonly (string | undefined)[] = []): string => {
  let clean = text;
  for (const secret of secrets) {
    if (secret !== undefined && secret.length >= 4) clean = clean.replaceAll(secret, MARK);
  }
  for (const shape of KEY_SHAPES) {
    clean = clean.replace(shape, (_, before: unknown) => {
      if (typeof before !== 'string') return MARK;
      return /^(Bearer|Basic)$/i.test(before) ? `${before} ${MARK}` : before + MARK;
    });
  }
  return clean;
};

/** The first bytes of a body, on one line and without keys, for an error's message. */
export const excerpt = (
  text: string,
  secrets: readonly (string | undefined)[] = [],
  length = 200,
): string => {
  // Redacted before it is cut: half a key at the cut would no longer look like one.
  const line = redact(text, secrets).replace(/\s+/g, ' ').trim();
  return line.length > length ? `${line.slice(0, length)}…` : line;
};
