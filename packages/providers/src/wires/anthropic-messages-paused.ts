// A turn that the service paused while it used tools of its own, and that goes on when its message is sent back.
// Source: https://platform.claude.com/docs/en/build-with-claude/handling-stop-reasons#pause-turn
import type { FitAssistant } from './fit/message.ts';
import { asList, asObject, type Json } from './json.ts';

/** What only the service itself writes: the uses of its tools, and what came of them. Calls of the caller's are elsewhere. */
const OWN = /^(?:server_tool_use|mcp_tool_use|[a-z_]+_tool_result|container_upload|compaction)$/;

/**
 * The blocks of the service's own in the message that ends the conversation, in their order. They stand after the text: what
 * is still to be done comes last, and where among them the text stood is not told. In earlier messages they are done with.
 */
export const pausedBlocks = ({ beside }: FitAssistant): readonly Json[] =>
  asList(beside.content_parts).flatMap((part) => {
    const block = asObject(part);
    return typeof block?.type === 'string' && OWN.test(block.type) ? [block] : [];
  });
