// A row of the log as it is read: the file is anybody's who may write it, and SQLite lets anything stand in any column.

/** How an answer ended: `running` also stands for one whose process was killed. */
export type Ending = 'running' | 'ok' | 'failed' | 'interrupted';

/** One question and its answer, by the names of the table's columns. */
export interface LogEntry {
  readonly id: number;
  readonly cid: string;
  /** ms since 1970. */
  readonly at: number;
  readonly requested: string;
  readonly provider: string | null;
  readonly model: string | null;
  readonly system: string | null;
  readonly prompt: string;
  readonly content: string | null;
  readonly answer: string;
  readonly status: Ending;
  readonly error: string | null;
  readonly prompt_tokens: number | null;
  readonly completion_tokens: number | null;
  readonly cost: number | null;
  readonly first_ms: number | null;
  readonly total_ms: number | null;
}

type Check = (value: unknown) => boolean;

const isText: Check = (value) => typeof value === 'string';
const isNumber: Check = (value) => typeof value === 'number' && Number.isFinite(value);
const orNull =
  (check: Check): Check =>
  (value) =>
    value === null || check(value);

const COLUMNS: Readonly<Record<keyof LogEntry, Check>> = {
  id: isNumber,
  cid: isText,
  at: (value) => typeof value === 'number' && !Number.isNaN(new Date(value).getTime()),
  requested: isText,
  provider: orNull(isText),
  model: orNull(isText),
  system: orNull(isText),
  prompt: isText,
  content: orNull(isMessageContent),
  answer: isText,
  status: isText,
  error: orNull(isText),
  prompt_tokens: orNull(isNumber),
  completion_tokens: orNull(isNumber),
  cost: orNull(isNumber),
  first_ms: orNull(isNumber),
  total_ms: orNull(isNumber),
};

/** @throws Error that names the entry and the column which is not what this command writes */
export const readEntry = (row: unknown): LogEntry => {
  const fields = Object(row);
  for (const [column, check] of Object.entries(COLUMNS))
    if (!check(fields[column]))
      throw new Error(`the log is damaged: entry ${Number(fields.id)} has another ${column}. Restore a copy`);
  return fields;
};

function isMessageContent(value: unknown): boolean {
  try {
    const content: unknown = typeof value === 'string' ? JSON.parse(value) : undefined;
    return typeof content === 'string' || Array.isArray(content);
  } catch {
    return false;
  }
}
