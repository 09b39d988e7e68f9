// `g4f-serve keys`: virtual keys and what they have used, in the state of a gateway, be it running or not.
import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { G4FError } from '@g4f/core';
import {
  changeKey,
  createKey,
  deleteKey,
  listKeys,
  type NewKey,
  rotateKey,
  showKey,
} from '../keys/key-book.ts';
import type { ShownKey } from '../keys/key-terms.ts';
import { usageReport } from '../ledger/usage-report.ts';
import type { State } from '../state/state.ts';
import { isStateUrl, openState, STATE_URLS } from '../state-engines/open-state.ts';
import { limitText, parseLimit } from './limit-text.ts';
import { saidState } from './state-place.ts';
import { tableOf } from './table.ts';

const HELP = `g4f-serve keys: virtual keys of a gateway, and what they have used.

  g4f-serve keys create --name NAME [--model PATTERN …] [--limit "5 dollars/day" …] [--expires 2027-01-31]
  g4f-serve keys list
  g4f-serve keys show ID
  g4f-serve keys disable ID
  g4f-serve keys enable ID
  g4f-serve keys rotate ID      gives it another secret; the old one is refused from now on
  g4f-serve keys delete ID
  g4f-serve keys usage [--by key|model|provider|day|request] [--key ID] [--model NAME] [--from DAY] [--to DAY] [--rows 100]

  --limit     an amount of requests, tokens or dollars per minute, hour, day, month or total
  --state     where keys are kept: ${STATE_URLS.replace('memory, ', '')};
              unless given that of the configuration, of G4F_SERVER_STATE, or a file of this user's own
  --config    the file of configuration of g4f-serve; g4f.config.yaml of this folder unless given
  --json      JSON instead of a table
`;

/** What the command needs of its process. */
export interface KeysHost {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Standard output. */
  readonly print: (text: string) => void;
  /** The file of configuration that is read where none is named, if there is one. */
  readonly file: string | undefined;
  /** The address of the state in a file of configuration. */
  readonly stateIn: (file: string) => Promise<string | undefined>;
}

const TEXT = { type: 'string' } as const;
const OPTIONS = {
  ...{
    name: TEXT,
    expires: TEXT,
    by: TEXT,
    key: TEXT,
    from: TEXT,
    to: TEXT,
    rows: TEXT,
    state: TEXT,
    config: TEXT,
  },
  model: { type: 'string', multiple: true },
  limit: { type: 'string', multiple: true },
  json: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

type Given = ReturnType<typeof readArguments>['values'];

/** What one word after `keys` does, and what it says. */
interface Action {
  /** Options that it takes besides those of all. */
  readonly takes: readonly string[];
  readonly takesId: boolean;
  readonly run: (state: State, id: string, given: Given) => Promise<Said>;
}

interface Said {
  readonly json: unknown;
  readonly text: string;
}

const ACTIONS: Readonly<Record<string, Action>> = {
  create: {
    takes: ['name', 'model', 'limit', 'expires'],
    takesId: false,
    run: async (state, _, given) => toldNew(await createKey(state, termsOf(given))),
  },
  list: {
    takes: [],
    takesId: false,
    async run(state) {
      const data = await listKeys(state);
      return { json: { object: 'list', data }, text: keysTable(data) };
    },
  },
  show: { takes: [], takesId: true, run: show },
  disable: { takes: [], takesId: true, run: (state, id) => change(state, id, { disabled: true }) },
  enable: { takes: [], takesId: true, run: (state, id) => change(state, id, { disabled: false }) },
  rotate: { takes: [], takesId: true, run: async (state, id) => toldNew(await rotateKey(state, id)) },
  delete: {
    takes: [],
    takesId: true,
    async run(state, id) {
      await deleteKey(state, id);
      return { json: { object: 'key', id, deleted: true }, text: `${id} is deleted.\n` };
    },
  },
  usage: {
    takes: ['by', 'key', 'model', 'from', 'to', 'rows'],
    takesId: false,
    async run(state, _, { by, key, model, from, to, rows }) {
      const report = await usageReport(state, { by, key, model: model?.[0], from, to, limit: rows });
      return { json: report, text: recordsTable(report.data) };
    },
  },
};

const FOR_ALL: readonly string[] = ['state', 'config', 'json', 'help'];
/** How long the state is waited for, in ms. */
const PATIENCE = 5_000;

/** Carries out what the words after `keys` say. @throws G4FError `invalid-request`; Refusal; StateError */
export const runKeys = async (args: readonly string[], host: KeysHost): Promise<void> => {
  const { values, positionals } = readArguments(args);
  const [word, id = '', ...others] = positionals;
  if (values.help || word === undefined) return host.print(HELP);
  const action = Object.hasOwn(ACTIONS, word) ? ACTIONS[word] : undefined;
  if (action === undefined) throw wrong(`keys ${word} is not known: use ${Object.keys(ACTIONS).join(', ')}.`);
  const stranger = Object.keys(values).find((name) => ![...FOR_ALL, ...action.takes].includes(name));
  if (stranger !== undefined) throw wrong(`keys ${word} takes no --${stranger}. See g4f-serve keys --help.`);
  if (others.length > 0 || (id !== '') !== action.takesId)
    throw wrong(`keys ${word} takes ${action.takesId ? 'the id of one key' : 'no further words'}.`);
  const state = await openState({
    url: await placeOf(values, host, word === 'create'),
    timeout: PATIENCE,
    days: 90,
  });
  try {
    const { json, text } = await action.run(state, id, values);
    host.print(values.json ? `${JSON.stringify(json, undefined, 2)}\n` : text);
  } finally {
    await state.close();
  }
};

function readArguments(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
  } catch (error) {
    throw wrong(`${error instanceof Error ? error.message : error} See g4f-serve keys --help.`);
  }
}

/** @param makes whether the file of the state may be made. */
async function placeOf(
  { state, config: named }: Given,
  { env, file, stateIn }: KeysHost,
  makes: boolean,
): Promise<string> {
  const config = named ?? (state === undefined ? file : undefined);
  const url = saidState({
    argument: state,
    file: config === undefined ? undefined : await stateIn(config),
    env,
  });
  if (url === 'memory')
    throw wrong('keys in memory are those of the running gateway alone: use its admin API.');
  const path = url?.startsWith('sqlite:') ? url.slice('sqlite:'.length) : undefined;
  if (path !== undefined && !makes && !existsSync(path))
    throw wrong(
      `no key has been made: there is no ${path}. Make one with keys create, or name another --state.`,
    );
  if (isStateUrl(url)) return url;
  throw wrong(`--state must say where keys are kept: ${STATE_URLS}.`);
}

function termsOf({ name, model, limit, expires }: Given): Readonly<Record<string, unknown>> {
  const limits = limit?.map((text) => {
    const parsed = parseLimit(text);
    if (parsed !== undefined) return parsed;
    throw wrong(
      `--limit must be such as "60 requests/minute" or "5 dollars/day", not ${JSON.stringify(text.slice(0, 50))}.`,
    );
  });
  return {
    ...(name !== undefined && { name }),
    ...(model !== undefined && { models: model }),
    ...(limits !== undefined && { limits }),
    ...(expires !== undefined && { expires }),
  };
}

const toldNew = (made: NewKey): Said => ({
  json: made,
  text: `${made.key}\n\nThis is the key ${made.id} (${made.name}). It is shown this once: keep it.\n`,
});

async function show(state: State, id: string): Promise<Said> {
  const key = await showKey(state, id);
  return {
    json: key,
    text: `${keysTable([key])}${key.usage.length === 0 ? '' : `\n${recordsTable(key.usage.map(usageRecord))}`}`,
  };
}

const usageRecord = ({
  used,
  reserved,
  resets,
  ...limit
}: Awaited<ReturnType<typeof showKey>>['usage'][number]) => ({
  ...{ limit: limitText(limit), used, reserved, resets: resets ?? 'never' },
});

async function change(state: State, id: string, changes: Readonly<Record<string, unknown>>): Promise<Said> {
  const key = await changeKey(state, id, changes);
  return { json: key, text: keysTable([key]) };
}

const keysTable = (keys: readonly ShownKey[]): string =>
  tableOf(
    ['ID', 'NAME', 'KEY', 'MODELS', 'LIMITS', 'EXPIRES', 'STATE'],
    keys.map(({ id, name, ending, models, limits, expires, disabled }) => [
      ...[id, name, `…${ending}`, models?.join(' ') ?? 'all', limits.map(limitText).join(', ')],
      ...[expires ?? 'never', standingOf({ expires, disabled })],
    ]),
  );

function standingOf({ expires, disabled }: Pick<ShownKey, 'expires' | 'disabled'>): string {
  if (disabled) return 'disabled';
  return expires !== null && Date.parse(expires) <= Date.now() ? 'expired' : 'active';
}

/** Records of one kind, their fields as columns. */
function recordsTable(records: readonly Readonly<Record<string, string | number>>[]): string {
  const [first] = records;
  if (first === undefined) return 'Nothing was used.\n';
  return tableOf(
    Object.keys(first).map((name) => name.toUpperCase()),
    records.map((record) => Object.values(record)),
  );
}

const wrong = (message: string): G4FError => new G4FError(message, { code: 'invalid-request' });
