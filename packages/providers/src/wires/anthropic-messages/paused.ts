// A turn that the service paused while it used tools of its own, and that goes on when its message is sent back as it was.
// Source: https://platform.claude.com/docs/en/build-with-claude/handling-stop-reasons#pause-turn
import { parseExactly } from '../../http/text/json-text.ts';
import { asIndex, asList, asObject, asText, type Json } from '../decoding/json.ts';
import type { FitAssistant } from '../fit/message.ts';

/** What only the service itself writes: the uses of its tools, and what came of them. Calls of the caller's are elsewhere. */
const OWN = /^(?:server_tool_use|mcp_tool_use|[a-z_]+_tool_result|container_upload|compaction)$/;

/** The blocks of a message by their kind, as the service takes them. */
export interface Blocks {
  readonly thoughts: readonly object[];
  readonly calls: readonly object[];
  readonly textOf: (text: string) => readonly object[];
}

/**
 * The blocks of the message that ends the conversation in the order in which the service wrote them. Undefined where that is
 * not told, or does not fit the message because it was changed.
 */
export const pausedTurn = ({ beside, content }: FitAssistant, blocks: Blocks): object[] | undefined => {
  if (!Array.isArray(beside.paused_turn) || typeof content !== 'string') return undefined;
  const left: Record<string, object[]> = {
    thinking: [...blocks.thoughts].reverse(),
    call: [...blocks.calls].reverse(),
    other: ownParts(beside.content_parts).reverse(),
  };
  const turn: object[] = [];
  let at = 0;
  for (const value of beside.paused_turn) {
    const { type, length } = asObject(value) ?? {};
    const end = at + (asIndex(length) ?? 0);
    const kind = asText(type) ?? '';
    const block = Object.hasOwn(left, kind) ? left[kind]?.pop() : undefined;
    if (type === 'text') turn.push(...blocks.textOf(content.slice(at, end)));
    else if (block === undefined) return undefined;
    else if (type !== 'other' || isOwn(block)) turn.push(block);
    at = end;
  }
  const isAll = at === content.length && Object.values(left).every((rest) => rest.length === 0);
  return isAll ? turn : undefined;
};

/**
 * The blocks of the service's own where their order is not told. They stand after the text: what is still to be done comes
 * last. In messages that end no conversation they are done with.
 */
export const pausedBlocks = ({ beside }: FitAssistant): readonly object[] =>
  ownParts(beside.content_parts).filter(isOwn);

const isOwn = (block: object): boolean =>
  'type' in block && typeof block.type === 'string' && OWN.test(block.type);

/** Input that is text keeps digits which a number would lose. */
const ownParts = (parts: unknown): Json[] =>
  asList(parts).map((part) => {
    const block = asObject(part) ?? {};
    if (typeof block.input !== 'string') return block;
    return { ...block, input: parseExactly(block.input) ?? block.input };
  });
