// Tells which tool call a piece belongs to when services number their calls oddly, twice, or not at all.
import { parseJson } from '../http/json-text.ts';

/** One piece of a tool call as it came, each field only if it said something. */
export interface ToolPiece {
  readonly index: number | undefined;
  readonly id: string | undefined;
  readonly name: string | undefined;
  readonly arguments: string | undefined;
}

interface OpenCall {
  readonly key: string;
  readonly index: number | undefined;
  id: string | undefined;
  name: string | undefined;
  arguments: string;
}

/** Gives every piece of a choice's tool calls the key of its call. */
export type ToolKeys = (piece: ToolPiece) => string;

/**
 * The keys for one choice. A piece continues the newest call with its index (or, without one, the newest call),
 * unless it begins another: with another id and a name, with another name, or with the same name once the call's
 * arguments are whole.
 */
export const createToolKeys = (): ToolKeys => {
  const calls: OpenCall[] = [];
  return (piece) => {
    const open = findOpen(calls, piece);
    const call = open === undefined || beginsAnother(open, piece) ? begin(calls, piece) : open;
    call.id ??= piece.id;
    call.name ??= piece.name;
    call.arguments += piece.arguments ?? '';
    return call.key;
  };
};

function findOpen(calls: readonly OpenCall[], piece: ToolPiece): OpenCall | undefined {
  const same = piece.index === undefined ? calls : calls.filter((call) => call.index === piece.index);
  return same.findLast((call) => piece.id !== undefined && call.id === piece.id) ?? same.at(-1);
}

function begin(calls: OpenCall[], { index, id }: ToolPiece): OpenCall {
  const call: OpenCall = { key: String(calls.length), index, id, name: undefined, arguments: '' };
  calls.push(call);
  return call;
}

function beginsAnother(open: OpenCall, { id, name }: ToolPiece): boolean {
  if (id !== undefined && open.id !== undefined) return id !== open.id && name !== undefined;
  if (name === undefined || open.name === undefined) return false;
  return name !== open.name || isWholeJson(open.arguments);
}

const isWholeJson = (text: string): boolean => parseJson(text) !== undefined;
