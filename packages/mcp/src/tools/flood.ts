// Watches what comes over a connection to a server, so that one which says more than any call is answered with is left.
import { TOOL_LIMITS } from '@g4f/core';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';

/** What has come since the last call began. */
export interface Flood {
  /** Another call begins. */
  calm(): void;
}

/**
 * To be called before it is connected: the SDK's client calls what listened before it.
 *
 * @param stops whether the transport catches what a listener throws while it reads. A piece of a stream holds thousands of lines
 * that are no messages, each of which costs the SDK a tenth of a millisecond: only this ends the piece.
 * @param leave is told once, in words for an error.
 */
export const watchForFloods = (sdk: Transport, stops: boolean, leave: (why: string) => void): Flood => {
  let [messages, noise] = [0, 0];
  /** What was thrown is told once more by the transport. */
  let thrown: unknown;
  sdk.onmessage = () => {
    messages += 1;
    if (messages === TOOL_LIMITS.mcpMessages)
      leave(`it sent more than ${TOOL_LIMITS.mcpMessages} messages without being asked`);
  };
  // Lines that are no messages are the server's own noise; what breaks the connection closes it.
  sdk.onerror = (error) => {
    if (error === thrown || !isNoise(error)) return;
    noise += 1;
    if (noise < TOOL_LIMITS.mcpNoise) return;
    if (noise === TOOL_LIMITS.mcpNoise)
      leave(`it sent more than ${TOOL_LIMITS.mcpNoise} lines that are no messages`);
    thrown = error;
    if (stops) throw error;
  };
  return {
    calm() {
      [messages, noise] = [0, 0];
    },
  };
};

/** What the SDK says of a line that is no JSON, or no message. */
const isNoise = ({ name }: Error): boolean => name === 'SyntaxError' || /ZodError$/.test(name);
