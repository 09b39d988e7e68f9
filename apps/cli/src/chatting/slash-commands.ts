// The commands inside a chat: a line that begins with a slash.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Message } from '@g4f/client';
import { attach } from '../context/attach.ts';
import { UsageError } from '../failure/usage-error.ts';
import { readText, writePrivate } from '../store/private-file.ts';
import { note, out } from '../terminal/output.ts';
import { tableOf } from '../terminal/table.ts';
import type { Session } from './session.ts';
import { mcp, tools, web } from './tool-commands.ts';

/** A command. What it gives is asked next; `end` ends the chat. */
export interface SlashCommand {
  readonly takes: string;
  readonly says: string;
  readonly run: (session: Session, given: string) => Promise<SlashResult>;
}

/** What comes after a command. */
export type SlashResult = { readonly ask: string } | 'end' | undefined;

const nothingAsked = (): UsageError => new UsageError('nothing has been asked yet');

async function model(session: Session, given: string): Promise<undefined> {
  if (given !== '') {
    session.model = given;
    session.provider = undefined;
  }
  note(`${session.provider === undefined ? '' : `${session.provider}:`}${session.model} is asked.`);
}

async function system(session: Session, given: string): Promise<undefined> {
  if (given !== '') session.system = given === 'none' ? undefined : given;
  note(
    session.system === undefined
      ? 'nothing stands above the chat.'
      : `above the chat stands: ${session.system}`,
  );
}

async function file(session: Session, given: string): Promise<undefined> {
  if (given === '') throw new UsageError('/file needs the name of a file, a folder or an address');
  session.attached = [...session.attached, ...(await attach(given))];
  note(`${given} goes with the next question.`);
}

async function retry(session: Session): Promise<undefined> {
  if ((await session.retry()) === undefined) throw nothingAsked();
}

async function edit(session: Session): Promise<SlashResult> {
  const editor = process.env.VISUAL || process.env.EDITOR;
  if (!editor) throw new UsageError('/edit needs an editor: set EDITOR');
  const folder = mkdtempSync(join(tmpdir(), 'g4f-'));
  const path = join(folder, 'question.md');
  try {
    writeFileSync(path, session.lastQuestion ?? '', { mode: 0o600 });
    const { status } = spawnSync(`${editor} "$G4F_QUESTION"`, {
      ...{ shell: true, stdio: 'inherit', env: { ...process.env, G4F_QUESTION: path } },
    });
    const text = readFileSync(path, 'utf8').trim();
    if (status !== 0 || text === '') return undefined;
    session.dropLast();
    return { ask: text };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function compare(session: Session, given: string): Promise<undefined> {
  if (given === '') throw new UsageError('/compare needs a model');
  if ((await session.compare(given)) === undefined) throw nothingAsked();
}

async function save(session: Session, given: string): Promise<undefined> {
  if (given === '') throw new UsageError('/save needs the name of a file');
  if (statSync(dirname(given), { throwIfNoEntry: false })?.isDirectory() !== true)
    throw new UsageError(`there is no folder ${dirname(given)}: /save makes none`);
  const { model: name, system: above, messages } = session;
  writePrivate(given, `${JSON.stringify({ model: name, system: above, messages }, null, 2)}\n`);
  note(`the chat is kept in ${given}.`);
}

async function load(session: Session, given: string): Promise<undefined> {
  const text = given === '' ? undefined : readText(given);
  if (text === undefined) throw new UsageError('/load needs the name of a file that /save wrote');
  let messages: unknown;
  let model: unknown;
  let system: unknown;
  try {
    ({ messages, model, system } = Object(JSON.parse(text)));
  } catch {
    throw new UsageError(`${given} is not valid JSON`);
  }
  if (!isMessages(messages)) throw new UsageError(`${given} holds no chat that /save wrote`);
  session.messages = messages;
  session.system = typeof system === 'string' ? system : undefined;
  if (typeof model === 'string' && model !== '') session.model = model;
  note(
    `${messages.length} messages are there; the next question goes on with them, and asks ${session.model}.`,
  );
}

const isMessages = (value: unknown): value is readonly Message[] =>
  Array.isArray(value) &&
  value.every((one) => {
    const { role, content } = Object(one);
    return (
      (role === 'user' || role === 'assistant') && (typeof content === 'string' || Array.isArray(content))
    );
  });

async function fork(session: Session): Promise<undefined> {
  note(`from here on it is the conversation ${session.fork()}; the one before stays as it is.`);
}

async function begin(session: Session): Promise<undefined> {
  session.messages = [];
  note(`a new conversation, ${session.fork()}.`);
}

async function cost(session: Session): Promise<undefined> {
  const { total_tokens: tokens, cost: dollars, unpriced, uncounted } = await session.usage();
  const unknown = unpriced + uncounted;
  const others = unknown === 1 ? 'one more answer' : `${unknown} more answers`;
  note(
    `${tokens} tokens, $${dollars.toFixed(4)}${unknown === 0 ? '' : `, and what ${others} cost is not known`}.`,
  );
}

async function help(): Promise<undefined> {
  const rows = Object.entries(SLASH_COMMANDS).map(([name, { takes, says }]) => [
    `/${name} ${takes}`.trim(),
    says,
  ]);
  await out(
    tableOf([
      ...rows,
      ['\\ at the end of a line', 'goes on in the next line; a paste is one message as it is'],
    ]),
  );
}

/** All of them. */
export const SLASH_COMMANDS: Readonly<Record<string, SlashCommand>> = {
  model: { takes: '[name]', says: 'asks another model from here on, or says which is asked', run: model },
  system: { takes: '[text]', says: 'what stands above the chat; "none" takes it away', run: system },
  file: {
    takes: '<source>',
    says: 'a file, image, folder or address goes with the next question',
    run: file,
  },
  tools: {
    takes: '[file]',
    says: 'the tools of a module of yours; without one, which there are',
    run: tools,
  },
  mcp: {
    takes: '<server>',
    says: 'the tools of an MCP server: its command, address or .json file',
    run: mcp,
  },
  web: { takes: '[off]', says: 'lets the model read pages and search, or no longer', run: web },
  retry: { takes: '', says: 'asks the last question again', run: retry },
  edit: { takes: '', says: 'changes the last question in your editor, and asks it', run: edit },
  compare: { takes: '<model>', says: 'shows how another model answers the last question', run: compare },
  save: { takes: '<file>', says: 'writes the chat to a file', run: save },
  load: { takes: '<file>', says: 'goes on with a chat of a file', run: load },
  fork: { takes: '', says: 'goes on as another conversation of the log', run: fork },
  new: { takes: '', says: 'forgets the chat so far', run: begin },
  cost: { takes: '', says: 'what this chat has used', run: cost },
  help: { takes: '', says: 'this list', run: help },
  exit: { takes: '', says: 'ends the chat; so does Ctrl-D', run: async () => 'end' },
};
