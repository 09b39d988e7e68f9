// One cell of the table: one client asks one service on one wire, and must get what the row says, and leave nothing open.
import type { Expected } from '@g4f/testing';
import type { Face, Question } from '../faces.ts';
import type { FaultServer } from '../fault-server.ts';
import { onlyDeadline } from '../only-deadline.ts';
import { type Ending, fallsShort, PROMPT } from '../verdict.ts';
import type { SpokenWire } from '../wires.ts';
import type { Behaviour } from './behaviours.ts';

/** For a row that a deadline ends, in ms. */
const SHORT_MS = 100;
/** A service that sees an answer open so long after its reader has gone, in ms, sees it for ever. */
const LEFT_OPEN_MS = 20_000;

/** What fell short in this cell; nothing if it holds. */
export const runCell = async (
  face: Face,
  spoken: SpokenWire,
  behaviour: Behaviour,
  server: FaultServer,
): Promise<readonly string[]> => {
  const { expected, whole } = behaviour;
  const streamed = await ask(face, spoken, behaviour, server, expected, true);
  if (whole === undefined) return streamed;
  const inOnePiece = await ask(face, spoken, behaviour, server, whole, false);
  return [...streamed, ...inOnePiece.map((what) => `in one piece: ${what}`)];
};

async function ask(
  face: Face,
  { provider }: SpokenWire,
  { name, request, neverConnects }: Behaviour,
  server: FaultServer,
  expected: Expected,
  stream: boolean,
): Promise<readonly string[]> {
  const base = neverConnects ? server.neverConnects : server.url;
  const question: Question = {
    model: 'm',
    messages: PROMPT,
    max_tokens: 9,
    ...request,
    provider,
    baseURL: `${base}/${name}`,
    stream,
    ...onlyDeadline(expected, SHORT_MS),
  };
  // An answer without end is for leaving.
  const isEndless = expected.text === undefined;
  const leaves = ({ heard }: Ending): boolean => isEndless && heard.text.length > 200;
  const ending = await face.read(question, leaves);
  const short = fallsShort(ending, isEndless ? { ...expected, end: 'complete' } : expected);
  return [...short, ...(await leftOpen(server))];
}

async function leftOpen(server: FaultServer): Promise<readonly string[]> {
  const until = performance.now() + LEFT_OPEN_MS;
  for (;;) {
    const { activeStreams } = await server.counts();
    if (activeStreams === 0) return [];
    if (performance.now() > until) return [`the connection is still open after ${LEFT_OPEN_MS} ms`];
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}
