// Attacks on files of SQLite that others have written into, or that are damaged in the middle: a gateway's state, the command's log, and
// a client's conversations.
import { readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AsyncClient, isG4FError } from '@g4f/client';
import { sqliteStore } from '@g4f/client/stores';
import { messagesOf } from '../../../../apps/cli/src/asking/question.ts';
import { LogStore } from '../../../../apps/cli/src/store/log-store.ts';
import { openDatabase as openLogFile } from '../../../../apps/cli/src/store/sqlite.ts';
import { openDatabase } from '../../../../packages/server/src/state-engines/sqlite-driver.ts';
import { saying } from '../../made-up.ts';
import type { Attack, Random } from '../attack.ts';
import { isStrict } from '../bounded-time.ts';
import { below, inScratch, mustHold, oneOf } from '../scratch.ts';
import { anyText, askEverything, newKey, withKeyedGateway } from './gateway-with-state.ts';

const DATA =
  'What stands in a file of a database is data: it is read, or refused by an error, and never crashes a program.';

type Spoil = (file: string, random: Random) => Promise<void>;

/** Bytes in the middle are others, or are gone. */
const spoilBytes: Spoil = async (file, random) => {
  for (const name of [`${file}-wal`, `${file}-shm`]) rmSync(name, { force: true });
  const bytes = readFileSync(file);
  const kind = below(3, random);
  const at = oneOf([0, 16, 100, 4096, below(bytes.length, random), below(bytes.length, random)], random);
  if (kind === 0) return writeFileSync(file, bytes.subarray(0, at));
  const many = oneOf([1, 16, 4096, bytes.length], random);
  for (let next = at; next < Math.min(bytes.length, at + many); next += 1) bytes[next] = below(256, random);
  writeFileSync(file, bytes);
};

/** Any column of any table holds anything: tables that are strict are made anew without types. */
const spoilRows: Spoil = async (file, random) => {
  const database = await openDatabase(file, 'file');
  const rows = (sql: string): Record<string, unknown>[] =>
    database.prepare(sql).all() as Record<string, unknown>[];
  const tables = rows("SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE '%VIRTUAL%'")
    .map(({ name }) => String(name))
    .filter((name) => !/^(?:sqlite_|entries_text)/.test(name));
  for (const table of tables) {
    const columns = rows(`SELECT name FROM pragma_table_info('${table}')`).map(({ name }) => String(name));
    if (random() < 0.7)
      database.exec(
        `CREATE TABLE spoiled AS SELECT * FROM ${table}; DROP TABLE ${table}; ALTER TABLE spoiled RENAME TO ${table};`,
      );
    const before = rows(`SELECT ${columns.at(-1)} AS text FROM ${table} LIMIT 1`)[0]?.text;
    for (let changes = 1 + below(3, random); changes > 0; changes -= 1) {
      const column = columns[below(columns.length, random)] ?? '';
      const value = oneOf<() => string>(
        [
          () => "'x'",
          () => 'NULL',
          () => "x'00ff'",
          () => '9223372036854775807',
          () => '-1',
          () => '1e999',
          () => "char(0)||'x'",
          () => 'zeroblob(2000000)',
          () => "printf('%.*c', 3000000, 'x')",
          () =>
            `'${anyText(String(before), random).slice(0, 100_000).replaceAll("'", "''").replaceAll('\u0000', '')}'`,
        ],
        random,
      )();
      try {
        database.exec(`UPDATE ${table} SET ${column} = ${value}`);
      } catch {
        // Its column has a type.
      }
    }
  }
  database.close();
};

/** A whole number of the version, a table that is another, or a link in its place. */
const spoilFile: Spoil = async (file, random) => {
  const database = await openDatabase(file, 'file');
  const version = oneOf([0, 1, 2], random);
  database.exec(
    oneOf(
      [
        `PRAGMA user_version = ${version}`,
        `PRAGMA user_version = ${version}; DROP TABLE IF EXISTS texts; CREATE VIEW texts AS SELECT 1 AS name, 2 AS text`,
        'DROP TABLE IF EXISTS ledger; DROP TABLE IF EXISTS entries; DROP TABLE IF EXISTS g4f_records;',
        'DROP TABLE IF EXISTS keys; CREATE TABLE keys (id, other)',
      ],
      random,
    ),
  );
  database.close();
};

const replaceFile: Spoil = async (file, random) => {
  rmSync(file);
  symlinkSync(oneOf(['/dev/zero', '/dev/full', '/proc/self/mem', '/', 'nowhere/at/all', file], random), file);
};

const anySpoil = (random: Random): Spoil =>
  oneOf([spoilBytes, spoilBytes, spoilRows, spoilRows, spoilFile, replaceFile], random);

const times = (): number => (isStrict() ? 6 : 2);

export const SQLITE_ATTACKS: readonly Attack[] = [
  {
    name: 'a file of SQLite for the state of a gateway that others have spoiled',
    promise: DATA,
    async run(random) {
      for (let left = times(); left > 0; left -= 1)
        await inScratch(async (folder) => {
          const file = join(folder, 'state.db');
          const made = { id: '', key: '', response: '' };
          await withKeyedGateway(`sqlite:${file}`, {}, async (gateway) => {
            Object.assign(made, await newKey(gateway, 'spoiled'));
            const { said } = await gateway.ask(made.key, '/v1/responses', { model: 'm', input: 'x' });
            made.response = String(said.id);
          });
          const spoil = anySpoil(random);
          await spoil(file, random);
          try {
            await withKeyedGateway(`sqlite:${file}`, { stateTimeout: 60_000 }, (gateway) => {
              gateway.secrets.push(made.key);
              return askEverything(gateway, made, made.response);
            });
          } catch (error) {
            const isTold = isG4FError(error) && /SQLite file .*state\.db/.test(error.message);
            if (!isTold)
              throw new Error(`${spoil.name}: ${error instanceof Error ? error.stack : String(error)}`);
          }
        });
    },
  },
  {
    name: 'a log of the command that others have spoiled',
    promise: DATA,
    async run(random) {
      for (let left = times(); left > 0; left -= 1)
        await inScratch(async (folder) => {
          const file = join(folder, 'log.db');
          const log = new LogStore(await openLogFile(file));
          for (const cid of ['a', 'a', 'b']) {
            const id = log.begin({ cid, requested: 'm', system: null, prompt: 'x', content: '["x"]' });
            log.finish(id, {
              ...{ status: 'ok', answer: 'well', provider: 'p', model: 'm', error: null, cost: 1 },
              ...{ promptTokens: 1, completionTokens: 1, firstMs: 1, totalMs: 1 },
            });
          }
          log.close();
          const spoil = anySpoil(random);
          await spoil(file, random);
          await readLog(file).catch((error: unknown) => {
            const isOurs =
              error instanceof Error && !/^(?:TypeError|RangeError|ReferenceError)$/.test(error.name);
            mustHold(isOurs, `${spoil.name}: ${error instanceof Error ? error.stack : String(error)}`);
          });
        });
    },
  },
  {
    name: 'conversations in a file of SQLite that others have spoiled',
    promise: DATA,
    async run(random) {
      for (let left = times(); left > 0; left -= 1)
        await inScratch(async (folder) => {
          const file = join(folder, 'conversations.db');
          await converse(file);
          const spoil = anySpoil(random);
          await spoil(file, random);
          await converse(file).catch((error: unknown) =>
            mustHold(
              isG4FError(error),
              `${spoil.name}: ${error instanceof Error ? error.stack : String(error)}`,
            ),
          );
          mustHold(Reflect.get({}, 'polluted') === undefined, 'Object.prototype was changed');
        });
    },
  },
];

async function readLog(file: string): Promise<void> {
  const log = new LogStore(await openLogFile(file));
  try {
    const entries = [...log.newest(10), ...log.everything(), ...log.search('x', 5), ...log.conversation('a')];
    for (const { at, prompt, answer, cid } of entries) {
      const shown = `${new Date(at).toISOString()} ${prompt.trim()} ${answer.trim()} ${cid.trim()}`;
      mustHold(shown.length > 0, 'nothing is shown');
    }
    messagesOf(entries);
    for (const { model, provider, cost } of log.modelStats())
      mustHold(`${model.trim()} ${provider.trim()} ${cost.toFixed(4)}` !== '', 'nothing is shown');
    for (const { day } of log.dayStats(5)) mustHold(day.trim() !== '', 'a day has no name');
  } finally {
    log.close();
  }
}

async function converse(file: string): Promise<void> {
  const client = new AsyncClient({ env: {}, provider: saying('well') });
  const store = sqliteStore(file);
  try {
    store.list();
    const chat = await client.conversation({ model: 'm', store, id: 'one' });
    const { choices } = await chat.send('x');
    mustHold(choices[0]?.message.content === 'well', `it answered ${JSON.stringify(choices).slice(0, 300)}`);
  } finally {
    store.close?.();
    client.close();
  }
}
