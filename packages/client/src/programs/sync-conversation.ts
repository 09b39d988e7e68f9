// Conversations over Client: their programs run in the calling thread, and so does their store.
import type { ChatCompletionChunk } from '@g4f/core';
import type { CreateCompletion } from '../surface/chat.ts';
import type { CallOptions } from '../surface/options.ts';
import type { OpenConversation } from '../surface/programs.ts';
import { type ConversationFace, openOver, type RunTerms } from './conversation/conversation-over.ts';
import type { ConversationMeans } from './conversation/conversation-state.ts';
import { askForChats } from './running/ask-sync.ts';
import { driveSync } from './running/drive-sync.ts';
import type { Program } from './running/program.ts';
import { runOptions, runSignal } from './running/run-options.ts';
import { SyncRun } from './sync-run.ts';

/** What conversations need of their client. */
export interface SyncHost extends ConversationMeans {
  readonly create: CreateCompletion<'sync'>;
  /** The client's own, for calls that bring none. */
  readonly clientSignal: AbortSignal | undefined;
}

/** `Client.conversation`. */
export const syncConversations = (host: SyncHost): OpenConversation<'sync'> => {
  const open: OpenConversation<'sync'> = (params, own) =>
    openOver(faceOf(host, runOptions(own)), params, open);
  return open;
};

function faceOf({ create, clientSignal, measure }: SyncHost, own: CallOptions | undefined) {
  const run = <T>(program: () => Program<T>, { options: given, inParams, show }: RunTerms) => {
    const options = { ...own, ...given };
    const outer = runSignal(options, inParams, { signal: clientSignal });
    return new SyncRun<ChatCompletionChunk, T>(function* (signal) {
      const running = program();
      try {
        return {
          result: yield* driveSync(running, { ask: askForChats(create, true, show), options, signal }),
        };
      } finally {
        // A reader who leaves ends the driver alone.
        running.return(undefined as never);
      }
    }, outer);
  };
  const face: ConversationFace<'sync'> = {
    means: { measure },
    run,
    done: (program, terms) => run(program, terms).result(),
  };
  return face;
}
