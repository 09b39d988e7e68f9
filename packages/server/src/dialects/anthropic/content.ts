// The blocks of Anthropic's messages → OpenAI's messages. Source: https://platform.claude.com/docs/en/api/messages/create

import { refuse } from '../../failure/refusal.ts';
import {
  givenObject,
  givenText,
  type Json,
  readFilled,
  readObjects,
  readText,
  mustBe as unreadable,
  without,
} from '../../json/json.ts';
import { assistantMessage } from '../assistant-message.ts';

/** By which the client's own wire knows reasoning that it may send back to Anthropic. */
const FORMAT = 'anthropic-messages';

/** The messages of one turn: results of tools come first, as OpenAI wants them. */
export const readTurn = (turn: Json, field: string): readonly Json[] => {
  const { role, content } = turn;
  if (role !== 'user' && role !== 'assistant' && role !== 'system')
    throw refuse(400, 'invalid-request', `${field}.role must be "user" or "assistant".`, {
      param: `${field}.role`,
    });
  if (typeof content === 'string') return [{ role, content }];
  const blocks = readBlocks(content, `${field}.content`);
  const placed = blocks.map((block, at) => ({ block, field: `${field}.content[${at}]` }));
  return role === 'assistant' ? [readAssistant(placed)] : readUser(role, placed);
};

/** Text, or the blocks of it, as OpenAI's content. */
export const readSystem = (system: unknown): readonly Json[] => {
  if (system == null) return [];
  if (typeof system === 'string') return [{ role: 'system', content: system }];
  const parts = readBlocks(system, 'system').map((block, at) => partOf(block, `system[${at}]`));
  return parts.length === 0 ? [] : [{ role: 'system', content: parts }];
};

/** A block and where it stands. */
interface Placed {
  readonly block: Json;
  readonly field: string;
}

/** Where a text may stand instead. @throws Refusal 400 */
function readBlocks(value: unknown, field: string): readonly Json[] {
  if (!Array.isArray(value)) throw unreadable(field, 'a string or a list of blocks');
  return readObjects(value, field);
}

function readUser(role: string, blocks: readonly Placed[]): readonly Json[] {
  const results = blocks.filter(({ block }) => block.type === 'tool_result');
  const said = blocks.filter(({ block }) => block.type !== 'tool_result');
  return [
    ...results.map(({ block, field }) => resultOf(block, field)),
    ...(said.length > 0 || results.length === 0
      ? [{ role, content: said.map(({ block, field }) => partOf(block, field)) }]
      : []),
  ];
}

const IN_RESULT: ReadonlySet<string> = new Set(['type', 'tool_use_id', 'content']);

function resultOf(block: Json, field: string): Json {
  const { tool_use_id, content } = block;
  return {
    ...without(block, IN_RESULT),
    role: 'tool',
    tool_call_id: readText(tool_use_id, `${field}.tool_use_id`),
    content:
      content == null || typeof content === 'string'
        ? (content ?? '')
        : readBlocks(content, `${field}.content`).map((part, i) => partOf(part, `${field}.content[${i}]`)),
  };
}

function readAssistant(blocks: readonly Placed[]): Json {
  const said: Json[] = [];
  const calls: Json[] = [];
  const details: Json[] = [];
  let reasoning = '';
  for (const { block, field } of blocks) {
    if (block.type === 'tool_use') calls.push(callOf(block, field));
    else if (block.type === 'thinking') {
      reasoning += givenText(block.thinking, `${field}.thinking`) ?? '';
      // What another provider thought has no signature, and Anthropic would refuse it.
      if (givenText(block.signature, `${field}.signature`))
        details.push({
          type: 'reasoning.text',
          format: FORMAT,
          text: block.thinking,
          signature: block.signature,
        });
    } else if (block.type === 'redacted_thinking')
      details.push({ type: 'reasoning.encrypted', format: FORMAT, data: block.data });
    else said.push(partOf(block, field));
  }
  return assistantMessage({ said, calls, reasoning, details });
}

const callOf = ({ id, name, input }: Json, field: string): Json => ({
  id: readText(id, `${field}.id`),
  type: 'function',
  function: {
    name: readText(name, `${field}.name`),
    arguments: JSON.stringify(givenObject(input, `${field}.input`) ?? {}),
  },
});

const IN_MEDIA: ReadonlySet<string> = new Set(['type', 'source', 'title']);

/** A block as a part; one that OpenAI has no part for stays as it is, for a service that knows it. */
function partOf(block: Json, field: string): Json {
  if (block.type !== 'image' && block.type !== 'document') return block;
  const source = givenObject(block.source, `${field}.source`) ?? {};
  const { type, data, file_id } = source;
  const beside = without(block, IN_MEDIA);
  const address = addressOf(source, `${field}.source`);
  if (block.type === 'image' && address !== undefined)
    return { ...beside, type: 'image_url', image_url: { url: address } };
  if (block.type === 'image') throw unreadable(`${field}.source`, 'a picture: base64 or url');
  const filename = givenText(block.title, `${field}.title`);
  const named = { ...beside, type: 'file' };
  const file = { ...(filename !== undefined && { filename }) };
  if (type === 'text')
    return {
      ...named,
      file: {
        ...file,
        file_data: `data:text/plain;base64,${toBase64(readText(data, `${field}.source.data`))}`,
      },
    };
  if (type === 'file') return { ...named, file: { ...file, file_id } };
  if (address !== undefined) return { ...named, file: { ...file, file_data: address } };
  // Blocks inside a document are Anthropic's own.
  if (type === 'content') return block;
  throw unreadable(`${field}.source`, 'a document: base64, text, url or file');
}

/** Where the bytes are, undefined if neither they nor an address are given. */
function addressOf({ type, media_type, data, url }: Json, field: string): string | undefined {
  if (type === 'base64')
    return `data:${readFilled(media_type, `${field}.media_type`)};base64,${readFilled(data, `${field}.data`)}`;
  return type === 'url' || url != null ? readFilled(url, `${field}.url`) : undefined;
}

/** UTF-8 as base64; piece by piece, because a call takes only so many arguments. */
function toBase64(text: string): string {
  const bytes = new TextEncoder().encode(text);
  let binary = '';
  for (let at = 0; at < bytes.length; at += 8192)
    binary += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(binary);
}
