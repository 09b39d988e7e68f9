// Which parameters each line of Claude takes: told by the version in its id, so that the next model is like the last.
// Sources: https://platform.claude.com/docs/en/about-claude/models/migration-guide, /build-with-claude/effort,
// /build-with-claude/extended-thinking and /build-with-claude/adaptive-thinking

/** What a Claude model takes. */
export interface ClaudeTakes {
  /** Of `temperature`, `top_p` and `top_k`: all, one of the first two, or none. */
  readonly sampling: 'all' | 'one' | 'none';
  /** How it is told to think: by a budget of tokens, or by an effort of these levels. */
  readonly thinking: 'budget' | readonly string[];
  /** It thinks unless told not to: whether it can be told. Undefined if it thinks only when asked. */
  readonly unasked?: 'can-be-told-not-to' | 'always';
  /** It goes on with what the assistant said last; others refuse a conversation that ends with it. */
  readonly continues: boolean;
  /** Most tokens of an answer that every model of its line gives. */
  readonly limit: number;
}

const UP_TO_MAX = ['low', 'medium', 'high', 'max'] as const;
const ALL_LEVELS = ['low', 'medium', 'high', 'xhigh', 'max'] as const;
const LIMIT = 32_000;

/** Of a model that is no Claude, but answers in its protocol. */
const OTHER: ClaudeTakes = { sampling: 'all', thinking: ALL_LEVELS, continues: true, limit: LIMIT };

/** What the model of this id takes, whatever a service writes around it. */
export const claudeTakes = (model: string): ClaudeTakes => {
  if (/claude-(2|instant)/.test(model))
    return { sampling: 'all', thinking: 'budget', continues: true, limit: 4096 };
  // `claude-3-5-sonnet-20241022`, and from 4 on `claude-sonnet-4-5-20250929`.
  const old = /claude-(\d)(?:[-.](\d))?-[a-z]/.exec(model);
  const [, line, major, minor] = /claude-([a-z]+)-(\d+)(?:[-.](\d{1,2}))?(?!\d)/.exec(model) ?? [];
  if (old !== null)
    return { sampling: 'all', thinking: 'budget', continues: true, limit: oldLimit(Number(old[2] ?? 0)) };
  if (line === undefined) return OTHER;
  const version = Number(major) + Number(minor ?? 0) / 10;
  if (version < 4.1) return { sampling: 'all', thinking: 'budget', continues: true, limit: LIMIT };
  if (version < 4.6) return { sampling: 'one', thinking: 'budget', continues: true, limit: LIMIT };
  if (version < 4.7) return { sampling: 'one', thinking: UP_TO_MAX, continues: false, limit: LIMIT };
  const takes: ClaudeTakes = { sampling: 'none', thinking: ALL_LEVELS, continues: false, limit: LIMIT };
  return version < 5
    ? takes
    : { ...takes, unasked: canBeToldNotTo(line, version) ? 'can-be-told-not-to' : 'always' };
};

const oldLimit = (minor: number): number => (minor === 5 ? 8192 : minor === 7 ? LIMIT : 4096);

const canBeToldNotTo = (line: string, version: number): boolean =>
  line === 'haiku' || (line === 'opus' && version < 5.5);
