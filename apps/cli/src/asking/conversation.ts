// The conversation that a person goes on with.
import { UsageError } from '../failure/usage-error.ts';
import type { LogEntry } from '../store/log-entry.ts';
import { openLog } from '../store/log-store.ts';
import { note } from '../terminal/output.ts';

/** The last conversation (`-c`), or one by its id. */
export interface GoingOn {
  readonly continue?: boolean;
  readonly cid?: string;
}

/**
 * What was asked and answered before, in order; nothing where the person begins anew.
 * @throws UsageError where there is no such conversation.
 */
export const conversationOf = async (options: GoingOn): Promise<readonly LogEntry[]> => {
  if (!options.continue && options.cid === undefined) return [];
  const log = await openLog(note);
  try {
    const cid = options.cid ?? log.lastConversation();
    if (cid === undefined) throw new UsageError('there is no conversation yet to go on with');
    const entries = log.conversation(cid);
    if (entries.length === 0)
      throw new UsageError(
        `there is no answer in a conversation "${cid}" to go on from; "g4f log" lists them`,
      );
    return entries;
  } finally {
    log.close();
  }
};
