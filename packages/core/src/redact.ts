// Makes a text fit to be shown: without keys, and without what would steer the terminal that shows it.
import { KEY_ASSIGNED, KEY_FIELD, KEY_SHAPES } from './key-shapes.ts';
import { hideSecrets } from './secret-forms.ts';

const MARK = '[redacted]';

/** Most characters that are shown, and looked at. */
const MOST_SHOWN = 16 * 1024;

/** Escape sequences of terminals, as a whole. */
const SEQUENCES =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
  /(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]?|\u001b[\]PX^_][^\u0007\u001b\u009c]*(?:\u0007|\u001b\\|\u009c)?|\u001b[ -/]*[0-~]?/g;
/** What a line ends with elsewhere. */
const BREAKS = /\r\n?|[\v\f\u0085\u2028\u2029]/g;
/** Controls, marks of direction, and what nobody sees. */
const UNSEEN =
  /(?![\n\t])[\p{Cc}\p{Bidi_Control}\u00ad\u180e\u200b\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu;

/** The text without escape sequences, controls and marks of direction; line breaks and tabs stay. */
export const visible = (text: string): string =>
  /^[\t\n -~]*$/.test(text) ? text : text.replace(SEQUENCES, '').replace(BREAKS, '\n').replace(UNSEEN, '');

/** What is looked for in a text that was cut: these two may take longer than linear time. A first group is kept. */
const SHAPES = [
  ...KEY_SHAPES,
  KEY_ASSIGNED,
  // `key: …`, where what follows is no word
  new RegExp(
    `(${KEY_FIELD}\\s{0,2}:\\s{0,2})(?:(?=[^\\s"',;]{0,100}\\d)[\\w.~+/=*-]{8,}|[\\w.~+/=*-]{16,})`,
    'gi',
  ),
  // The user and password of an address; not those of our own advice, and what stands for some already.
  /(:\/\/)(?!…@|user:password@)(?:[^\s/?#"'<>]{1,1000}|[^\s/?#:@"'<>]{0,200}:(?!\d+[/?#])[^\s"'<>]{1,200})@/g,
];

/** What refusals name after "key:", and no key looks like: `max_completion_tokens`. */
const NAME_OF_A_FIELD = /^[a-z]{2,30}(?:[_.][a-z]{2,30}){1,8}$/;

/** Shorter secrets are only looked for as they are, and encoded for an address: they are words of other texts. */
const SHORTEST = 4;

/**
 * The text as it may be shown: without the given secrets in any of the forms that services repeat (escaped, encoded, in base64,
 * in other case, cut into pieces or cut short), without what looks like a key or stands where keys stand, and without
 * escape sequences, controls and marks of direction. Only the first 16 Ki characters are looked at and kept.
 */
export const redact = (text: string, secrets: readonly (string | undefined)[] = []): string => {
  let clean = visible(text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)}…` : text);
  const known = secrets.filter((secret): secret is string => (secret?.length ?? 0) >= SHORTEST);
  for (const secret of known) {
    clean = clean.replaceAll(secret, MARK);
    // Half a surrogate pair cannot be encoded.
    if (!/[\ud800-\udfff]/.test(secret)) clean = clean.replaceAll(encodeURIComponent(secret), MARK);
  }
  clean = hideSecrets(clean, known, MARK);
  for (const shape of SHAPES) {
    clean = clean.replace(shape, (found: string, kept: unknown) => {
      if (typeof kept !== 'string') return MARK;
      const isName = kept.trimEnd().endsWith(':') && NAME_OF_A_FIELD.test(found.slice(kept.length));
      return isName ? found : kept + MARK;
    });
  }
  return clean;
};

/** Headers that say how a program is known, or how a key is made known. */
const CREDENTIAL = /auth|cookie|credential|key|pass|secret|session|signature|token/;
/** What everybody sends, and services repeat when they explain a refusal. */
const HARMLESS =
  /^(?:accept|anthropic-|content-|openai-|(?:http-)?referer$|user-agent$|x-title$|(?:x-)?api-version$)/;
/** A word of plain language, such as a media type or a team's name. */
const PLAIN_WORD = /^[A-Za-z][a-z]*(?:[-/_.:][a-z]+)*$/;
/** The words before a credential. */
const SCHEME = /^(?:basic|bearer|digest|token)$/i;
/** Shorter words of headers that need not hold a key stand in texts by chance. */
const SHORTEST_SECRET = 8;

/** What a Basic header holds: user and password, and the password alone. */
const basicIn = (value: string): readonly string[] => {
  try {
    const both = atob(/^\s*basic\s+(\S+)/i.exec(value)?.[1] ?? '');
    return [both, both.slice(both.indexOf(':') + 1)].filter(Boolean);
  } catch {
    return [];
  }
};

/**
 * What of these headers may be a key, for {@link redact}: all words of those that hold keys, also as a Basic header means them, and
 * what looks like one in the others.
 */
export const secretsIn = (headers: Readonly<Record<string, string | null>>): readonly string[] =>
  Object.entries(headers).flatMap(([given, value]) => {
    const name = given.toLowerCase();
    const isCredential = CREDENTIAL.test(name);
    if (value === null || (!isCredential && HARMLESS.test(name))) return [];
    const words = value
      .split(/[\s,;]+/)
      .filter((word) =>
        isCredential ? !SCHEME.test(word) : word.length >= SHORTEST_SECRET && !PLAIN_WORD.test(word),
      );
    return isCredential ? words.concat(basicIn(value)) : words;
  });
