// Conversations over AsyncClient: what it loads with the first one.
import type { ChatCompletionChunk } from '@g4f/core';
import { onAbort } from '../attempt/on-abort.ts';
import { toAbortError } from '../errors/abort-error.ts';
import { withCallerStack } from '../errors/caller-stack.ts';
import type { CallOptions } from '../surface/options.ts';
import type { Conversation, ConversationParams } from '../surface/programs.ts';
import { measure } from '../tokens/measure.ts';
import type { AsyncHost } from './async-programs.ts';
import { AsyncRun } from './async-run.ts';
import { type ConversationFace, openOver, type RunTerms } from './conversation/conversation-over.ts';
import { askForChats } from './running/ask-async.ts';
import { driveAsync } from './running/drive-async.ts';
import type { Program } from './running/program.ts';
import { runOptions, runSignal } from './running/run-options.ts';

/** `AsyncClient.conversation`. @param own the options for all calls of the conversation. */
export const openConversation = (
  host: AsyncHost,
  params: ConversationParams,
  own: CallOptions | undefined,
): Promise<Conversation<'async'>> => openOver(faceOf(host, runOptions(own)), params, openConversation);

function faceOf({ create, clientSignal, closing }: AsyncHost, own: CallOptions | undefined) {
  const run = <T>(program: () => Program<T>, { options: given, inParams, show }: RunTerms) => {
    const options = { ...own, ...given };
    const outer = runSignal(options, inParams, { signal: clientSignal });
    return new AsyncRun<ChatCompletionChunk, T>(
      async function* (signal) {
        closing.check();
        const running = boxed(program);
        // At once, so that the next call need not wait for the end of this one.
        const forget = onAbort(signal, () => leave(running));
        try {
          const end = yield* driveAsync(running, { ask: askForChats(create, true, show), options, signal });
          // What was under way may still end well, but the program that was left has no use for it.
          if (end === undefined) throw toAbortError(signal);
          return end;
        } finally {
          forget();
          // A reader who leaves ends the driver alone.
          leave(running);
        }
      },
      [outer, closing],
    );
  };
  const face: ConversationFace<'async'> = {
    means: { measure },
    run,
    async done(program, terms, below) {
      try {
        return await run(program, terms).result();
      } catch (error) {
        throw withCallerStack(error, below);
      }
    },
  };
  return face;
}

/** So that a program that was left is told apart from one without a result. */
function* boxed<T>(program: () => Program<T>): Program<{ readonly result: T } | undefined> {
  return { result: yield* program() };
}

const leave = (program: Program<unknown>): void => void program.return(undefined);
