// Asks what listens at an address who it is: all questions at once, without a key, and never for longer than it may take.
import { type HttpResponse, LIMITS, type Send } from '@g4f/core';
import { withoutEnd } from '@g4f/core/internal';
import { readWholeBody } from '../http/reading/whole-body.ts';
import { parseJson } from '../http/text/json-text.ts';
import { withoutFragment } from '../http/text/without-fragment.ts';
import { asList, asObject, asText, type Json } from '../wires/decoding/json.ts';
import { type Answers, identify, QUESTIONS, type ServerId, versionIn } from './known-servers.ts';

/** What answered. */
export interface Heard {
  /** Undefined for one we do not know. */
  readonly id: ServerId | undefined;
  readonly version: string | undefined;
  /** Its models' ids. */
  readonly models: readonly string[];
  /** It lists its models only to who has a key. */
  readonly needsKey: boolean;
}

interface Reply {
  readonly status: number;
  readonly software: string;
  readonly json: Json | undefined;
}

/** @returns who answers at the base, `nothing` if nobody does, `late` if not one question was answered in time. */
export const askServer = async (
  base: string,
  send: Send,
  ms: number,
): Promise<Heard | 'nothing' | 'late'> => {
  const root = withoutEnd(withoutFragment(base), '/').replace(/\/v1$/, '');
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(new Error('too late')), ms);
  try {
    const names = Object.keys(QUESTIONS) as (keyof typeof QUESTIONS)[];
    const replies = await Promise.all(
      names.map(
        async (name) => [name, await ask(`${root}${QUESTIONS[name]}`, send, patience.signal)] as const,
      ),
    );
    return heardFrom(new Map(replies), patience.signal.aborted);
  } finally {
    clearTimeout(timer);
  }
};

function heardFrom(
  replies: ReadonlyMap<string, Reply | undefined>,
  late: boolean,
): Heard | 'nothing' | 'late' {
  if ([...replies.values()].every((reply) => reply === undefined)) return late ? 'late' : 'nothing';
  const list = replies.get('models');
  const answers: Answers = {
    ...(Object.fromEntries(
      [...replies].map(([name, reply]) => [name, reply?.status === 200 ? reply.json : undefined]),
    ) as Omit<Answers, 'software'>),
    software: list?.software ?? '',
  };
  const id = identify(answers);
  return {
    id,
    version: versionIn(answers, id),
    models: asList(answers.models?.data).flatMap((item) => asText(asObject(item)?.id) ?? []),
    needsKey: list?.status === 401 || list?.status === 403,
  };
}

/** One question; no answer is none, whatever the reason. */
async function ask(url: string, send: Send, signal: AbortSignal): Promise<Reply | undefined> {
  try {
    const response = await send({ method: 'GET', url, headers: { accept: 'application/json' }, signal });
    const json = asObject(parseJson(await bodyOf(response, url)));
    return { status: response.status, software: response.headers.server ?? '', json };
  } catch {
    return undefined;
  }
}

async function bodyOf(response: HttpResponse, url: string): Promise<string> {
  const bytes = response.body[Symbol.asyncIterator]();
  try {
    const body = await readWholeBody(bytes, { provider: 'probe', url }, undefined, LIMITS.discoveredBytes);
    response.release();
    return body;
  } finally {
    bytes.return?.().catch(() => undefined);
  }
}
