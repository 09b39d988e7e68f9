// What keys look like, and what stands where keys stand. Each expression takes linear time, so it may look at texts of any length.

/** Names of fields that hold keys, as the source of an expression. */
export const KEY_FIELD =
  '(?:(?:api|access|auth|secret|client|private|refresh|session)[-_ ]?(?:key|token|secret)|password|passwd|authorization|credential|(?<![a-z])(?:secret|token|key|pwd))';

/** What keys look like by themselves; a first group is kept. */
export const KEY_SHAPES: readonly RegExp[] = [
  /(?<![a-z0-9])(?:sk|pk|rk|gsk|xai|hf|ghp|gho|ghs|ghu|github_pat|csk|nvapi|pplx|r8|fw|tgp|glpat|xox[abps])[-_][\w*.…-]{5,}[\w*…-]/g,
  /\bAIza[\w-]{20,}/g,
  /\b(?:AKIA|ASIA)[A-Z0-9]{12,}/g,
  /(?<![\w-])eyJ[\w-]{10,}\.[\w-]+(?:\.[\w-]*)?/g,
  /\b(Bearer |Basic )\s*[\w.~+/=*…-]{8,}/gi,
  /([?&](?:key|api[-_]?key|token|access_token)=)[^&\s"'<>]+/gi,
];

/** `api_key=…`, `"token": "…"`: the first group is kept. */
export const KEY_ASSIGNED: RegExp = new RegExp(
  `(${KEY_FIELD}(?:\\\\*["']?\\s{0,4}=|\\\\*["']\\s{0,4}:)\\s{0,4}\\\\*["']?)[^\\s"'&,;<>}\\\\]{6,}`,
  'gi',
);
