// Finds what looks like a key, so that none is ever committed with a recording.

const SHAPES: readonly RegExp[] = [
  /\b(?:sk|pk|rk)-[A-Za-z0-9_-]{16,}/,
  /\bsk-ant-[A-Za-z0-9_-]{8,}/,
  // The separator is part of it: without one, signatures and pictures in base64 would look like keys.
  /\b(?:gsk|xai|pplx|hf|nvapi|csk|r8|fw|tgp_v1)[-_][A-Za-z0-9]{20,}/,
  /\bAKIA[A-Z0-9]{16}\b/,
  /\bAIza[A-Za-z0-9_-]{30,}/,
  /\bgh[pousr]_[A-Za-z0-9]{20,}/,
  /\bBearer\s+(?!<)[A-Za-z0-9._~+/-]{16,}/i,
  /"(?:authorization|x-api-key|api-key|x-goog-api-key|cookie|set-cookie)"\s*:\s*"(?!<)[^"]+"/i,
  /[?&](?:key|api_key|access_token)=(?!<)[A-Za-z0-9._-]{8,}/i,
];

/** The beginning of what looks like a key in the text; undefined if nothing does. */
export const findSecret = (text: string): string | undefined => {
  for (const shape of SHAPES) {
    const found = shape.exec(text)?.[0];
    if (found !== undefined) return `${found.slice(0, 6)}…`;
  }
  return undefined;
};
