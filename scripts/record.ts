// `npm run record -- <id> --model <model>`: asks a service once with the contributor's own key, and keeps the answer as a tape.
// Run by run.mjs, and to its end while it is being imported.
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import {
  type Batch,
  type ChatRequest,
  type Context,
  fold,
  type HttpRequest,
  isG4FError,
  type Send,
} from '@g4f/core';
import { createSend, credentialOf, missingKey, registry } from '@g4f/providers';
import { findSecret, type Tape } from '@g4f/testing';
import { root } from './source-file.ts';

const HELP = `Usage: npm run record -- <provider> --model <its own id> [options]

Asks the service once, with your key from its variable, and writes the answer as a tape:
packages/providers/test/backends/tapes/<provider>/<name>.json. The key is in none of it.

  --model <id>       the service's own id of a model
  --prompt <text>    what is asked; a greeting unless given
  --name <name>      the tape's name; "text" unless given
  --tool             offers a function, and asks for it to be called
  --no-stream        asks for the answer in one piece
  --base-url <url>   another address for the provider
  --help             this text`;

const CONNECT_MS = 10_000;
const TOOL = {
  type: 'function',
  function: {
    name: 'get_weather',
    description: 'The weather of a city',
    parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
  },
} as const;
/** Headers worth keeping: the rest tells of the account, or of the day. */
const KEPT_HEADERS: ReadonlySet<string> = new Set(['content-type', 'retry-after']);

const values = readArguments();

function readArguments() {
  const { values: given, positionals } = parseArgs({
    allowPositionals: true,
    allowNegative: true,
    options: {
      model: { type: 'string' },
      prompt: { type: 'string', default: 'Say hello, and one sentence about Zürich.' },
      name: { type: 'string', default: 'text' },
      tool: { type: 'boolean', default: false },
      stream: { type: 'boolean', default: true },
      'base-url': { type: 'string' },
      root: { type: 'string', default: root },
      help: { type: 'boolean', default: false, short: 'h' },
    },
  });
  return { ...given, id: positionals[0] };
}

async function record(id: string, model: string): Promise<void> {
  const entry = Object.hasOwn(registry, id) ? registry[id] : undefined;
  if (entry === undefined)
    return fail(`no provider is called "${id}". Known: ${Object.keys(registry).join(', ')}`);
  const missing = missingKey(entry, { env: process.env });
  if (missing !== undefined) return fail(`${id}: ${missing}, and record again.`);
  const provider = await entry.load();
  const request: ChatRequest = {
    model,
    messages: [
      {
        role: 'user',
        content: values.tool ? 'How is the weather in Zürich? Call the function.' : values.prompt,
      },
    ],
    stream: values.stream,
    max_tokens: 200,
    ...(values.tool && { tools: [TOOL] }),
  };
  const heard = listening(id);
  const answer = await fold(provider.chat?.(request, heard.context) ?? nothing());
  const tape = heard.tapeOf(request, values.name, entry.baseURL);
  const [choice] = answer.choices;
  const calls = choice?.message.tool_calls?.map((call) => ({ id: call.id, ...call.function }));
  const whole: Tape = {
    ...tape,
    golden: {
      text: choice?.message.content ?? '',
      ...(choice?.message.reasoning !== undefined && { reasoning: choice.message.reasoning }),
      ...(calls !== undefined && { toolCalls: calls }),
      ...(choice !== undefined && { finish: choice.finish_reason }),
      ...(answer.usage !== undefined && {
        usage: {
          prompt_tokens: answer.usage.prompt_tokens,
          completion_tokens: answer.usage.completion_tokens,
        },
      }),
    },
  };
  await keep(id, whole, credentialOf(entry, { env: process.env })?.key);
}

/** A context whose `send` is the real one, and remembers what went and came. */
function listening(id: string) {
  const signal = new AbortController().signal;
  const send = createSend({
    provider: id,
    signal,
    env: process.env,
    connectMs: CONNECT_MS,
    enter: () => undefined,
  });
  let sent: HttpRequest | undefined;
  let status = 0;
  let headers: Readonly<Record<string, string>> = {};
  const chunks: Uint8Array[] = [];
  const recording: Send = async (request) => {
    const response = await send(request);
    [sent, status, headers] = [request, response.status, response.headers];
    const body = async function* (): AsyncGenerator<Uint8Array> {
      for await (const chunk of response.body) {
        chunks.push(chunk);
        yield chunk;
      }
    };
    return { ...response, body: body() };
  };
  const context: Context = {
    signal,
    env: process.env,
    baseURL: values['base-url'],
    send: recording,
    enter: () => undefined,
    warn: (message) => console.error(message),
  };
  return {
    context,
    tapeOf: (request: ChatRequest, name: string, base = ''): Tape => ({
      about: `${name}, recorded ${new Date().toISOString().slice(0, 10)}`,
      request,
      sent: {
        path: new URL(sent?.url ?? base).pathname.replace(/^.*?(?=\/[^/]+(\/[^/]+)?$)/, ''),
        body: JSON.parse(sent?.body ?? 'null'),
      },
      status,
      headers: Object.fromEntries(Object.entries(headers).filter(([header]) => KEPT_HEADERS.has(header))),
      body: Buffer.concat(chunks).toString('utf8'),
    }),
  };
}

async function keep(id: string, tape: Tape, key: string | undefined): Promise<void> {
  const text = `${JSON.stringify(tape, null, 2)}\n`;
  if (key !== undefined && text.includes(key))
    return fail(`${id}: the service repeated your key; nothing was written.`);
  const secret = findSecret(text);
  if (secret !== undefined)
    return fail(`${id}: the answer holds what looks like a key (${secret}); nothing was written.`);
  const path = join('packages/providers/test/backends/tapes', id, `${values.name}.json`);
  await mkdir(dirname(join(values.root, path)), { recursive: true });
  await writeFile(join(values.root, path), text);
  console.log(`${tape.golden?.text ?? ''}\n\nWritten: ${path}`);
}

async function* nothing(): AsyncGenerator<Batch> {}

function fail(message: string): void {
  console.error(message);
  process.exitCode = 2;
}

if (values.help) console.log(HELP);
else if (values.id === undefined || values.model === undefined)
  fail(`Which provider, and which model?\n\n${HELP}`);
else {
  await record(values.id, values.model).catch((error: unknown) => {
    if (!isG4FError(error)) throw error;
    fail(error.message);
  });
}
