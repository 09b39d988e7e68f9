// The answers that are fuzzed: recorded ones where there are any, and the standard ones of every wire.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { WireName } from '@g4f/providers';
import { standardTapes } from '@g4f/testing';
import { WIRES } from '../wires.ts';

/** How a stream is cut into payloads: server-sent events, lines of JSON, or one JSON list. */
export type Framing = 'events' | 'lines' | 'list';

/** One streamed answer as it came, and the wire it speaks. */
export interface StreamedAnswer {
  readonly name: string;
  readonly wire: WireName;
  readonly framing: Framing;
  readonly body: string;
}

/** The index of a folder of recordings. */
interface Recording {
  readonly id: string;
  readonly protocol: string;
  readonly stream: boolean;
  readonly file: string;
}

const WIRE_OF: Readonly<Record<string, WireName>> = {
  anthropic: 'anthropic-messages',
  'cohere-v2': 'cohere-chat',
  gemini: 'gemini',
  'openai-chat': 'openai-chat',
  'openai-responses': 'openai-responses',
};

/**
 * Also those that fail, or that somebody cut: what their reader hears must not change either.
 *
 * @param folder of recordings with an `index.json`; without one, the standard answers alone.
 */
export const streamedAnswers = (folder: string | undefined): readonly StreamedAnswer[] =>
  [...WIRES.flatMap(({ wire }) => standardOf(wire)), ...(folder === undefined ? [] : recordedIn(folder))]
    .flatMap((answer) => (answer.wire === 'gemini' ? [answer, asList(answer)] : [answer]))
    .sort((a, b) => (a.name < b.name ? -1 : 1));

const standardOf = (wire: WireName): readonly StreamedAnswer[] =>
  standardTapes(wire)
    .filter(({ request }) => request.stream)
    .map(({ about, body }) => ({
      name: `${wire}: ${about}`,
      wire,
      framing: wire === 'ollama-chat' ? 'lines' : 'events',
      body,
    }));

function recordedIn(folder: string): readonly StreamedAnswer[] {
  const index = join(folder, 'index.json');
  if (!existsSync(index)) throw new Error(`there is no index.json in ${folder}`);
  const recordings: readonly Recording[] = JSON.parse(readFileSync(index, 'utf8'));
  return recordings.flatMap(({ id, protocol, stream, file }) => {
    const wire = WIRE_OF[protocol];
    if (wire === undefined || !stream) return [];
    const body = bodyOf(readFileSync(join(folder, file), 'utf8'), file, wire);
    return [{ name: id, wire, framing: 'events' as const, body }];
  });
}

/** Some recordings hold the payloads only: what stood around them is put back. */
function bodyOf(raw: string, file: string, wire: WireName): string {
  if (!file.endsWith('.chunks.txt')) return raw;
  const payloads = raw.split('\n').filter((line) => line.trim() !== '');
  const events = payloads.map((line) => {
    const name = /^\{"type":\s*"([\w.]+)"/.exec(line)?.[1];
    return `${name === undefined ? '' : `event: ${name}\n`}data: ${line}\n\n`;
  });
  return events.join('') + (wire === 'openai-chat' ? 'data: [DONE]\n\n' : '');
}

/** What Gemini answers when it is not asked for events. */
const asList = (answer: StreamedAnswer): StreamedAnswer => {
  const payloads = [...answer.body.matchAll(/^data: ?(.*)$/gm)].map(([, payload]) => payload?.trim());
  return {
    ...answer,
    name: `${answer.name}, as a list`,
    framing: 'list',
    body: `[${payloads.join('\n,\r\n')}\n]\n`,
  };
};
