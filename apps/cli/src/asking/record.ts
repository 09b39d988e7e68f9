// Writes a question and its answer to the log, and never lets the log spoil an answer.
import { messageOf } from '../failure/exit-code.ts';
import { type LogStore, type Outcome, openLog, type Question } from '../store/log-store.ts';
import { note } from '../terminal/output.ts';

/** A question that is written down. */
export interface Record {
  finish(outcome: Outcome): void;
  /** Takes it out again: nobody was asked. */
  discard(): void;
}

const NOTHING: Record = { finish() {}, discard() {} };

/** Writes the question down; where that fails, says so once and goes on. */
export const beginRecord = async (isWanted: boolean, question: Question): Promise<Record> => {
  if (!isWanted) return NOTHING;
  let log: LogStore;
  let id: number;
  try {
    log = await openLog(note);
    id = log.begin(question);
  } catch (error) {
    note(`not logged: ${messageOf(error)}`);
    return NOTHING;
  }
  let isOver = false;
  const close = (write: () => void): void => {
    if (isOver) return;
    isOver = true;
    try {
      write();
      log.close();
    } catch (error) {
      note(`the answer is not logged: ${messageOf(error)}`);
    }
  };
  return {
    finish: (outcome) => close(() => log.finish(id, outcome)),
    discard: () => close(() => log.remove(id)),
  };
};
