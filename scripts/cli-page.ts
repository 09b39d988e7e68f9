// docs/cli.md and the man page of the command, from the help of its commands.
import { SLASH_COMMANDS } from '../apps/cli/src/chatting/slash-commands.ts';
import { ATTACHED, inMegabytes } from '../apps/cli/src/context/limits.ts';
import { buildProgram } from '../apps/cli/src/program/build-program.ts';
import type { Example } from '../apps/cli/src/program/command-module.ts';
import { COMMANDS } from '../apps/cli/src/program/table.ts';
import { CONFIG_FIELDS } from '../apps/cli/src/store/config-file.ts';

type Command = Awaited<ReturnType<typeof buildProgram>>;

const program: Command = await buildProgram(() => true);
const examples = new Map<string, readonly Example[]>();
for (const { name, load } of COMMANDS) examples.set(name, (await load()).examples);

const HEAD = `# The command line

\`g4f\` asks language models from a terminal. This page is written by \`pnpm generate\` from the help of the commands; each example is run by a test.

The command is not on the public registry yet, and the package \`g4f\` that is there is somebody else's: do not run \`npx g4f\`. In a clone of the repository:

\`\`\`sh
npm install && npm run build
alias g4f="node $PWD/apps/cli/bin/g4f.js"
g4f "how do I undo the last commit?"
\`\`\`

Without any key a small model on this machine answers, and one line says how to use another: \`g4f keys set openai\`. With a key and no \`-m\`, a quick model of the first service whose key is there answers, and one line says which; \`-m\`, \`G4F_MODEL\` or \`g4f config set model\` names another. No other model answers in silence.

- **Streams.** The answer goes to stdout, everything else to stderr. A reader who leaves (\`g4f … | head\`) ends it without a word. Without a terminal, or with \`NO_COLOR\`, there are no colours and Markdown is printed as it came; at a terminal each line is printed once, and control characters of the model are taken out.
- **Exit codes.** 0 answered, 1 failed (also where the answer could not be written whole, as on a full disk), 2 wrong usage, 124 timed out, 130 interrupted (Ctrl-C).
- **Standard input** that is not a terminal comes before the words of the question. Text is taken as it is; an image, a recording, a PDF or a DOCX is attached.
- **Attached files** (\`-f\`) are told by their bytes: text up to ${inMegabytes(ATTACHED.textBytes)}; images, sound, PDF (its text) and DOCX (its text; \`npm install -g mammoth\` once) up to ${inMegabytes(ATTACHED.mediaBytes)}; a folder's texts up to ${inMegabytes(ATTACHED.folderBytes)} and ${ATTACHED.folderFiles} files, without hidden files, links and what is built or installed; an address up to ${inMegabytes(ATTACHED.mediaBytes)} in ${ATTACHED.fetchMs / 1000} seconds, a web page with its tags. More is refused, nothing is cut in silence. Images and sound need a model that takes them.
- **The log** is a SQLite file, \`g4f log --path\`. A question is written before it is asked and its answer when it has come, so that a killed process loses no more than the answer it was printing. What is attached is kept with it. A damaged file is kept aside, and said. \`--no-log\`, or \`g4f config set log false\`, writes nothing; \`g4f keys\` are never in it. It needs Node 22.16, or the optional package [@g4f/sqlite](../packages/sqlite/README.md), which older Nodes install.
- **Tools.** \`--tool file.mjs\` takes the tools that a module exports: \`export const weather = { description, parameters, execute }\`, its parameters a JSON Schema or a schema of zod, or what \`tool\` of @g4f/client makes. \`--mcp\` starts an MCP server by its command, connects to its address, or reads the file of Claude Desktop or VS Code; it needs more packages (\`npm install -g @g4f/mcp @modelcontextprotocol/sdk\` once). A server gets none of your keys. \`--web\` (\`npm install -g @g4f/web\` once) reads public pages, and searches where \`BRAVE_API_KEY\`, \`TAVILY_API_KEY\`, \`EXA_API_KEY\` or \`SEARXNG_URL\` is set. Each call is told on stderr. A tool of a server that the server does not mark as harmless, and one of a module with \`destructive: true\`, is asked about at a terminal, and refused where nobody can be asked; \`--approve all\` lets all run, \`--approve ask\` asks before each. What a server says of its tools is its own word. Of an answer with tools the log and a chat keep the question and the text, not what the tools gave.
- **Cost.** \`--max-cost 0.05\` of a question, \`chat\`, \`compare\` and \`bench\` is what the whole run may cost in US dollars, [by the makers' prices](cost.md). Before each question, and each further answer of a run of tools, what it needs is counted: its own tokens, about, and those of its answer, by \`-o max_tokens\` or else by the longest answer of the model so far. Where that would pass the limit it is not asked, and the command ends with code 1. An answer that has begun is not cut: without \`max_tokens\` it may pass the limit, and that is told. Whoever may answer must have a known price (that is a maker at its own service); else nobody is asked, and the code is 2. A provider that is asked without a key costs nothing. Images and speech (\`g4f image\`, \`g4f speak\`) are not counted in tokens alone: with a limit, only providers that need no key are asked for them. A negative \`max_tokens\` is none.
- **Keys** of \`g4f keys set\` are in the system's keychain where there is one that takes them (on macOS by \`security\`, on Linux by \`secret-tool\` of libsecret), else in a file that only you can read; \`--in keychain\` and \`--in file\` choose, \`g4f keys list\` tells where each lies. A keychain that is locked or does not answer within 30 seconds is told, and holds nothing up. Keys are below variables of the environment, are never printed, and are never on a command line of another program. On Windows they are in the file.
- **Files** are in the folders of the XDG specification: \`~/.config/g4f\` (\`config.yaml\`, \`keys.json\`, \`keychain.json\` with the names of the keys in the keychain, \`templates/\`), \`~/.local/share/g4f\` (the log, collections, the history of chats), and the cache of the embedded models. Fields of \`config.yaml\` are ${CONFIG_FIELDS.map((name) => `\`${name}\``).join(', ')}; \`backends\` is a list of [providers of your own](../packages/client/README.md#providers-of-your-own).
- **What it costs** to start, ask, search and render: [cli-speed.md](cli-speed.md).

`;

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll(/\s*\n\s*/g, ' ');
const table = (head: string, rows: readonly (readonly [string, string])[]): string =>
  rows.length === 0
    ? ''
    : `| ${head} | |\n|---|---|\n${rows.map(([name, says]) => `| \`${cell(name)}\` | ${cell(says)} |\n`).join('')}\n`;

const optionRows = ({ options }: Command): readonly (readonly [string, string])[] =>
  options.filter(({ long }) => long !== '--version').map(({ flags, description }) => [flags, description]);
const argumentRows = ({ registeredArguments }: Command): readonly (readonly [string, string])[] =>
  registeredArguments
    .filter(({ description }) => description !== '')
    .map((argument) => [argument.name(), argument.description]);

const usageOf = (command: Command): string => {
  const names = [command.name()];
  for (let above = command.parent; above !== null; above = above.parent) names.unshift(above.name());
  return `${names.join(' ')} ${command.usage()}`.replace(' [options] [command]', ' <command>');
};

const partOf = (command: Command): string =>
  `${table('argument', argumentRows(command))}${table('option', optionRows(command))}`;

function section(command: Command): string {
  const name = command.name();
  const inner = command.commands
    .map((one) => `### \`${usageOf(one)}\`\n\n${sentence(one.description())}\n\n${partOf(one)}`)
    .join('');
  const lines = (examples.get(name) ?? []).map(([line, says]) => `# ${says}\n${line}\n`).join('');
  const own = `${partOf(command)}${name === 'chat' ? slashTable() : ''}`;
  return `## g4f ${name}\n\n\`${usageOf(command)}\`: ${command.description()}.\n\n\`\`\`sh\n${lines}\`\`\`\n\n${own}${inner}`;
}

/** What can be typed inside a chat. */
function slashTable(): string {
  const rows = Object.entries(SLASH_COMMANDS).map(([name, { takes, says }]): readonly [string, string] => [
    `/${name} ${takes}`.trim(),
    says,
  ]);
  return `${table('in a chat', rows)}A line that ends with a backslash goes on in the next one, and pasted text is one message. Tab completes commands, models and files; Ctrl-C stops the answer and not the chat. Without a terminal each line of standard input is a message.\n\n`;
}

const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;

/** What was seen of simonw/llm 0.36 from PyPI without plugins: its help, its sources, and its first run in an empty home. */
const BESIDE_LLM = `
## Beside llm

[llm](https://llm.datasette.io) by Simon Willison is the tool that this one learnt from. The table is of its version 0.36 as it installs from PyPI, without plugins: what it lacks here, one of its many plugins may have.

| | g4f | llm 0.36 |
|---|---|---|
| first question without a key | the embedded model answers, and a line says how to use another | an error that names the key |
| services without a plugin | those of [the list](backends.md), and rows of \`config.yaml\` | OpenAI's and those of its protocol |
| streaming Markdown in the terminal | rendered line by line; \`--raw\` as it came | as it came |
| documents as context | text, images, sound, PDF, DOCX, folders, addresses: \`-f\` | images and other attachments \`-a\`, text as fragments \`-f\` |
| tools of a file | JavaScript, \`--tool\` | Python, \`--functions\` |
| tools of MCP servers | \`--mcp\` | – |
| which calls are asked about | what may change something; all with \`--approve ask\` | none; all with \`--ta\` |
| the web | \`--web\` | – |
| form of the answer | \`--schema\`, by the same short form; the answer is checked | \`--schema\` |
| log | SQLite with full-text search, for its owner alone | SQLite with full-text search |
| templates, conversations, embeddings | yes | yes |
| several models on one question | \`g4f compare\`, side by side, with a judge | – |
| latency and throughput | \`g4f bench\` | – |
| what is wrong with my setup | \`g4f doctor\` | – |
| images, speech, transcription | \`g4f image\`, \`speak\`, \`transcribe\` | – |
| a gateway, a page in the browser, an MCP server | \`g4f serve\`, \`gui\`, \`mcp\` | – |
| plugins | – | a directory of them, \`llm install\` |
| fragments kept by a name, stored schemas | – | yes |
| a library for programs | [@g4f/client](../packages/client/README.md), TypeScript | Python |
`;

/** docs/cli.md. */
export const renderCliPage = (): string => {
  const list = COMMANDS.map(({ name, summary }) => `| [\`${name}\`](#g4f-${name}) | ${summary} |\n`).join('');
  const sections = program.commands.map(section).join('');
  return `${HEAD}| command | |\n|---|---|\n${list}\n${sections.trimEnd()}\n${BESIDE_LLM}`;
};

/** Text of a man page: a backslash, and a dot or an apostrophe at the beginning of a line, mean something there. */
const roff = (text: string): string =>
  text
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replaceAll(/^([.'])/gm, '\\&$1');
const roffRows = (rows: readonly (readonly [string, string])[]): string =>
  rows.map(([name, says]) => `.TP\n.B ${roff(name)}\n${roff(says)}\n`).join('');

/** apps/cli/man/g4f.1. Source: man-pages(7) */
export const renderManPage = (): string => {
  const [ask] = program.commands;
  const commands = program.commands.map((command) => {
    const lines = (examples.get(command.name()) ?? []).map(([line, says]) => `# ${says}\n${line}`).join('\n');
    const inner = command.commands.map((one): readonly [string, string] => [usageOf(one), one.description()]);
    const rows =
      command === ask ? '' : roffRows([...argumentRows(command), ...optionRows(command), ...inner]);
    return `.SS ${roff(usageOf(command))}\n${roff(sentence(command.description()))}\n${rows}.PP\n.nf\n${roff(lines)}\n.fi\n`;
  });
  return `.\\" Written by pnpm generate from the help of the commands.
.TH G4F 1 "" "g4f" "User Commands"
.SH NAME
g4f \\- asks language models
.SH SYNOPSIS
.B g4f
[options] [question...]
.br
.B g4f
<command> [options]
.SH DESCRIPTION
Without a command, the words are the question. The answer goes to standard output, everything else to standard error.
.SH OPTIONS
${roffRows(optionRows(program))}.SH COMMANDS
${commands.join('')}.SH EXIT STATUS
0 answered, 1 failed, 2 wrong usage, 124 timed out, 130 interrupted.
.SH ENVIRONMENT
Keys of providers (OPENAI_API_KEY, ...), G4F_MODEL, NO_COLOR, XDG_CONFIG_HOME, XDG_DATA_HOME, XDG_CACHE_HOME.
`;
};
