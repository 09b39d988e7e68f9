// What one backend says, heard through: in order, under its own name, and only once it has really spoken.
import {
  type Batch,
  type ChatRequest,
  createGrammar,
  G4FError,
  isContent,
  type Provider,
  type StreamGrammar,
} from '@g4f/core';
import { type Attempt, toBackendError } from './attempt.ts';
import type { Candidate } from './route.ts';

/**
 * What the backend answers, checked against the grammar, with its name stamped on the first event.
 * Batches without content before the first content are held, so that whoever reads anything has been spoken to.
 *
 * @throws G4FError whatever went wrong; closes the backend's stream in every case.
 */
export async function* speak(
  candidate: Candidate,
  request: ChatRequest,
  attempt: Attempt,
): AsyncGenerator<Batch> {
  const { id } = candidate.backend;
  const { deadlines } = attempt;
  const grammar = createGrammar(id);
  const stamp = createStamp(id, attempt.warnings);
  let held: Batch[] | undefined = [];
  let source: AsyncIterator<Batch> | undefined;
  try {
    deadlines.enter('prepare');
    const provider = await deadlines.wait(candidate.backend.load());
    deadlines.enter('first-content');
    source = chatOf(provider)(request, attempt.context)[Symbol.asyncIterator]();
    for (;;) {
      const read = await deadlines.wait(source.next());
      if (read.done) break;
      const { heard, content, breach } = listen(grammar, read.value);
      if (content) deadlines.heard();
      const said = stamp(heard);
      if (held === undefined) yield said;
      else if (content) {
        yield [...held.flat(), ...said];
        held = undefined;
      } else held.push(said);
      if (breach !== undefined) throw breach;
    }
    source = undefined;
    grammar.end();
    const rest = [...(held?.flat() ?? []), ...stamp([])];
    if (rest.length > 0) yield rest;
  } catch (error) {
    throw toBackendError(error, id, request.model);
  } finally {
    if (source === undefined) attempt.close();
    else {
      attempt.abandon();
      void leave(source);
    }
  }
}

function chatOf(provider: Provider): NonNullable<Provider['chat']> {
  if (provider.chat !== undefined) return provider.chat.bind(provider);
  throw new G4FError(`${provider.id}: this backend cannot chat. Choose another provider.`, {
    code: 'invalid-request',
    provider: provider.id,
  });
}

/** Not waited for: a backend that is still computing is told by its signal, and might never answer this. */
async function leave(source: AsyncIterator<Batch>): Promise<void> {
  try {
    await source.return?.();
  } catch {
    // Its answer is no longer wanted, and neither is its trouble in ending it.
  }
}

interface Listened {
  /** The events up to the first that breaks the grammar. */
  readonly heard: Batch;
  readonly content: boolean;
  readonly breach?: unknown;
}

function listen(grammar: StreamGrammar, batch: Batch): Listened {
  let content = false;
  let at = 0;
  try {
    for (const event of batch) {
      grammar.accept(event);
      content ||= isContent(event);
      at += 1;
    }
    return { heard: batch, content };
  } catch (breach) {
    return { heard: batch.slice(0, at), content, breach };
  }
}

/** Puts the backend's name on the start of its answer, and its warnings on the first event after each. */
function createStamp(provider: string, warnings: readonly string[]): (batch: Batch) => Batch {
  let started = false;
  let told = 0;
  return (batch) => {
    const [first, ...others] = batch;
    const starts = first?.type === 'answer-start';
    started ||= starts;
    if (!started || (!starts && told === warnings.length)) return batch;
    const chunk = warnings.length === told ? undefined : { warnings: [...warnings] };
    told = warnings.length;
    if (!starts) return chunk === undefined ? batch : [{ type: 'aside', extra: { chunk } }, ...batch];
    const extra =
      chunk === undefined ? first.extra : { ...first.extra, chunk: { ...first.extra?.chunk, ...chunk } };
    return [{ ...first, provider, ...(extra !== undefined && { extra }) }, ...others];
  };
}
