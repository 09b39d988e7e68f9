// What services do wrong, or oddly, when they are asked for embeddings: one row a fault, in every form that the kit speaks.
import type { ErrorCode } from '@g4f/core';
import type { MockVector } from '../mock-wires/mock-embeddings.ts';
import { REQUEST_ID } from './fault-text.ts';

/** One request for embeddings, and the means to answer it. */
export interface EmbedFaultResponse {
  /** How often this fault was asked for before, since the counts began. */
  readonly before: number;
  /** The good vectors, in the order of the inputs. */
  readonly vectors: readonly MockVector[];
  /** The body with these vectors, in the form of the request's protocol. */
  body(vectors: readonly MockVector[]): string;
  /** Answers with 200 and JSON unless the head says otherwise. */
  send(
    body: string,
    head?: { readonly status?: number; readonly headers?: Readonly<Record<string, string>> },
  ): void;
  /** So many bytes of the body come, and then the connection breaks. */
  breakAfter(body: string, bytes: number): void;
}

/** One row of the table. */
export interface EmbedFault {
  /** kebab-case: a part of a path. */
  readonly name: string;
  /** What the service does, after "the service". */
  readonly does: string;
  /** `complete`, `silent` where nothing ever comes, or the codes one of which the call must fail with. */
  readonly end: 'complete' | 'silent' | readonly ErrorCode[];
  /** The error's HTTP status. */
  readonly status?: number;
  /** How long the service asks to wait, in ms. */
  readonly retryAfterMs?: number;
  /** What another request is answered with. */
  readonly again?: 'complete';
  act(response: EmbedFaultResponse): void;
}

const JSON_TYPE = { 'content-type': 'application/json' };
const words = (message: string): string => JSON.stringify({ error: { message, type: 'fault' } });

const status = (code: number, ...end: readonly ErrorCode[]): EmbedFault => ({
  name: `status-${code}`,
  does: `answers ${code} with a reason in JSON`,
  end,
  status: code,
  act: ({ send }) => send(words(`This is a ${code}.`), { status: code, headers: JSON_TYPE }),
});

/** Something is done to the vectors of a good answer. */
const spoilt = (
  name: string,
  does: string,
  spoil: (vectors: readonly MockVector[]) => readonly MockVector[],
): EmbedFault => ({
  name,
  does,
  end: ['bad-response'],
  act: ({ send, body, vectors }) => send(body(spoil(vectors))),
});

const instead = (name: string, does: string, type: string, text: string): EmbedFault => ({
  name,
  does,
  end: ['bad-response'],
  act: ({ send }) => send(text, { headers: { 'content-type': type } }),
});

/** Every row, the good answer first. */
export const EMBED_FAULTS: readonly EmbedFault[] = [
  {
    name: 'none',
    does: 'answers as documented',
    end: 'complete',
    act: ({ send, body, vectors }) => send(body(vectors)),
  },
  status(400, 'invalid-request'),
  status(401, 'auth'),
  status(402, 'payment-required'),
  status(404, 'model-not-found'),
  status(429, 'rate-limit'),
  status(500, 'server'),
  status(503, 'server'),
  {
    name: 'error-once',
    does: 'answers 500 first, and as documented after that',
    end: ['server'],
    status: 500,
    again: 'complete',
    act: ({ send, body, vectors, before }) =>
      before === 0 ? send(words('Oops.'), { status: 500, headers: JSON_TYPE }) : send(body(vectors)),
  },
  {
    name: 'retry-after',
    does: 'asks to wait, in seconds',
    end: ['rate-limit'],
    status: 429,
    retryAfterMs: 3000,
    act: ({ send }) =>
      send(words('Slow down.'), { status: 429, headers: { ...JSON_TYPE, 'retry-after': '3' } }),
  },
  spoilt('too-few', 'leaves out a vector', (vectors) => vectors.slice(1)),
  spoilt('too-many', 'gives one vector more', (vectors) => [...vectors, vectors[0]]),
  spoilt('no-vectors', 'gives an empty list', () => []),
  spoilt('mixed-sizes', 'gives vectors of two sizes', ([_, ...others]) => [[1, 2], ...others]),
  spoilt('no-numbers', 'gives a list with null in it', ([_, ...others]) => [[1, null, 3], ...others]),
  spoilt('empty-vector', 'gives a vector without numbers', ([_, ...others]) => [[], ...others]),
  spoilt('odd-base64', 'gives base64 of three bytes', ([_, ...others]) => ['AAAA', ...others]),
  spoilt('nested', 'gives a vector for each token', (vectors) => vectors.map((vector) => [vector])),
  instead('html', 'answers 200 with a web page', 'text/html', '<!doctype html><title>Welcome</title>'),
  instead('empty', 'answers 200 with nothing', 'application/json', ''),
  instead('json-error', 'answers 200 with a failure in JSON', 'application/json', words('Not today.')),
  {
    name: 'half-body',
    does: 'ends in the middle of its body',
    end: ['bad-response'],
    act: ({ send, body, vectors }) => send(body(vectors).slice(0, -20)),
  },
  {
    name: 'cut',
    does: 'breaks the connection in the middle of its body',
    end: ['network', 'bad-response'],
    act: ({ breakAfter, body, vectors }) => breakAfter(body(vectors), 20),
  },
  { name: 'no-headers', does: 'takes the request and is silent', end: 'silent', act: () => undefined },
];

/** The head that every answer with embeddings has, unless a row says otherwise. */
export const EMBED_HEADERS: Readonly<Record<string, string>> = { ...JSON_TYPE, 'x-request-id': REQUEST_ID };
