// Answers that wait for those before them on the same connection. Node closes only the one that is being sent when a caller leaves.
import type { Socket } from 'node:net';

/** What of a response is used. */
interface WaitingAnswer {
  /** `null` until it is its turn. */
  readonly socket: unknown;
  readonly closed: boolean;
  destroy(): unknown;
  emit(event: 'close'): boolean;
  once(event: 'close', listener: () => void): unknown;
}

/** The answers of a connection that wait for their turn. */
const waiting = new WeakMap<Socket, Set<WaitingAnswer>>();

/** Closes the answer with its connection, also while it waits: whoever listens to its `close` hears of every caller that leaves. */
export const closeWithConnection = (socket: Socket, answer: WaitingAnswer): void => {
  // It has its connection, and closes with it.
  if (answer.socket !== null) return;
  const others = waiting.get(socket) ?? listenTo(socket);
  others.add(answer);
  answer.once('close', () => others.delete(answer));
};

function listenTo(socket: Socket): Set<WaitingAnswer> {
  const answers = new Set<WaitingAnswer>();
  waiting.set(socket, answers);
  socket.once('close', () => {
    for (const answer of answers) {
      if (answer.closed) continue;
      answer.destroy();
      // Node itself does not say it of an answer that never had its connection.
      answer.emit('close');
    }
  });
  return answers;
}
