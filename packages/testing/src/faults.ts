// What a service may do wrong, or oddly, as data: how it is done on any wire, and what the reader must get.
import type { ErrorCode, TimeoutPhase } from '@g4f/core';
import type { FaultStage } from './fault-stage.ts';

/** What the reader of an answer must get. */
export interface Expected {
  /** `complete`, or the codes one of which the answer must fail with. */
  readonly end: 'complete' | readonly ErrorCode[];
  /** The deadline that passes, where one must. */
  readonly phase?: TimeoutPhase;
  /** How much of the text arrives. */
  readonly text: 'all' | 'part' | 'none';
}

/** One row of the table. */
export interface Fault {
  readonly name: string;
  /** What the service does. */
  readonly does: string;
  readonly expected: Expected;
  /** Wires on which the row says nothing; all others have it. */
  readonly except?: readonly string[];
  act(stage: FaultStage): void | Promise<void>;
}

const COMPLETE: Expected = { end: 'complete', text: 'all' };
const cut = (...end: readonly ErrorCode[]): Expected => ({ end, text: 'part' });
const refused = (...end: readonly ErrorCode[]): Expected => ({ end, text: 'none' });
const late = (phase: TimeoutPhase, text: Expected['text'] = 'none'): Expected => ({
  end: ['timeout'],
  phase,
  text,
});

/** Protocols that have no lines of server-sent events. */
const NO_EVENTS = ['ollama-chat'];
/** Protocols whose finish is their end mark. */
const ENDS_WITH_FINISH = ['gemini', 'ollama-chat', 'cohere-chat', 'openai-responses'];

const status = (code: number, end: ErrorCode): Fault => ({
  name: `status-${code}`,
  does: `answers ${code} with a reason in JSON`,
  expected: refused(end),
  act: (stage) => stage.refuse(code),
});

/** Every row, the good answer first. */
export const FAULTS: readonly Fault[] = [
  { name: 'none', does: 'answers as it should', expected: COMPLETE, act: (stage) => stage.answer() },
  {
    name: 'crlf',
    does: 'ends its lines with CRLF',
    expected: COMPLETE,
    act: (stage) => stage.answer((body) => body.replace(/\r?\n/g, '\r\n')),
  },
  {
    name: 'cr',
    does: 'ends its lines with CR',
    expected: COMPLETE,
    act: (stage) => stage.answer((body) => body.replace(/\r?\n/g, '\r')),
  },
  {
    name: 'no-space',
    does: 'writes `data:` without the space',
    except: NO_EVENTS,
    expected: COMPLETE,
    act: (stage) => stage.answer((body) => body.replaceAll('data: ', 'data:')),
  },
  {
    name: 'bom',
    does: 'begins with a byte order mark',
    expected: COMPLETE,
    act: (stage) => stage.answer((body) => `\uFEFF${body}`),
  },
  {
    name: 'comments',
    does: 'sends comments, ids and retry times between its events',
    except: NO_EVENTS,
    expected: COMPLETE,
    act: (stage) =>
      stage.answer(
        (body) => `: hello\n\nid: 1\nretry: 5\n\n${body.replace(/\r?\n\r?\n/g, '\n\n: keep-alive\n\n')}`,
      ),
  },
  {
    name: 'byte-by-byte',
    does: 'sends every byte by itself',
    expected: COMPLETE,
    act: (stage) => stage.drip(1),
  },
  { name: 'pieces', does: 'cuts its bytes anywhere', expected: COMPLETE, act: (stage) => stage.drip(7) },
  {
    name: 'gzip',
    does: 'compresses its body with gzip',
    expected: COMPLETE,
    act: (stage) => stage.compress('gzip'),
  },
  {
    name: 'br',
    does: 'compresses its body with brotli',
    expected: COMPLETE,
    act: (stage) => stage.compress('br'),
  },
  {
    name: 'no-last-blank',
    does: 'leaves out the last blank line',
    expected: COMPLETE,
    act: (stage) => stage.answer((body) => body.trimEnd()),
  },
  {
    name: 'finish-without-end',
    does: 'says why it finished, and leaves out the end mark',
    except: ENDS_WITH_FINISH,
    expected: COMPLETE,
    act: (stage) => stage.sayAll('finish'),
  },
  {
    name: 'end-and-open',
    does: 'ends its answer and leaves the connection open',
    expected: COMPLETE,
    act: (stage) => stage.sayAndStay('end'),
  },
  {
    name: 'reset-after-finish',
    does: 'breaks the connection once it has finished',
    expected: COMPLETE,
    act: (stage) => stage.sayAndReset('end'),
  },
  {
    name: 'invalid-utf8',
    does: 'sends bytes that are no UTF-8',
    expected: { end: 'complete', text: 'part' },
    act: (stage) => stage.invalidText(),
  },
  {
    name: 'truncated',
    does: 'ends the body in the middle of the text',
    expected: cut('stream-truncated'),
    act: (stage) => stage.sayAll('text'),
  },
  {
    name: 'half-event',
    does: 'ends the body in the middle of an event',
    expected: cut('stream-truncated'),
    act: (stage) => stage.halfAnEvent(),
  },
  {
    name: 'reset',
    does: 'breaks the connection in the middle of the text',
    expected: cut('network', 'stream-truncated'),
    act: (stage) => stage.sayAndReset('text'),
  },
  {
    name: 'malformed',
    does: 'sends an event that is no JSON',
    expected: cut('bad-response'),
    act: (stage) => stage.malformed(),
  },
  {
    name: 'error-event',
    does: 'reports a failure in the middle of the stream',
    expected: cut('server', 'rate-limit'),
    act: (stage) => stage.errorInside(),
  },
  {
    name: 'html',
    does: 'answers 200 with a web page',
    expected: refused('bad-response'),
    act: (stage) => stage.page(),
  },
  {
    name: 'json-error',
    does: 'answers 200 with a failure in JSON',
    expected: refused('bad-response', 'server', 'invalid-request'),
    act: (stage) => stage.refuse(200),
  },
  {
    name: 'empty',
    does: 'answers 200 with nothing',
    expected: refused('bad-response', 'stream-truncated'),
    act: (stage) => stage.nothing(),
  },
  status(400, 'invalid-request'),
  status(401, 'auth'),
  status(402, 'payment-required'),
  status(403, 'auth'),
  status(404, 'model-not-found'),
  status(408, 'timeout'),
  status(409, 'server'),
  status(413, 'invalid-request'),
  status(422, 'invalid-request'),
  status(429, 'rate-limit'),
  status(500, 'server'),
  status(502, 'server'),
  status(503, 'server'),
  status(529, 'server'),
  {
    name: 'no-headers',
    does: 'takes the request and says nothing',
    expected: late('headers'),
    act: (stage) => stage.silence(),
  },
  {
    name: 'no-content',
    does: 'sends its headers, and then nothing',
    expected: late('first-content'),
    act: (stage) => stage.sayAndStay('headers'),
  },
  {
    name: 'stall',
    does: 'falls silent in the middle of the text',
    expected: late('idle', 'part'),
    act: (stage) => stage.sayAndStay('text'),
  },
  {
    name: 'comments-for-ever',
    does: 'sends comments and no content',
    except: NO_EVENTS,
    expected: late('first-content'),
    act: (stage) => stage.commentsForEver(),
  },
  {
    name: 'endless',
    does: 'never stops talking',
    expected: { end: ['aborted'], text: 'part' },
    act: (stage) => stage.endless(),
  },
];
