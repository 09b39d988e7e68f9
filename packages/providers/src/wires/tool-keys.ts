// Tells which tool call a piece belongs to when services number their calls oddly, twice, or not at all.

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
  readonly id: string | undefined;
  named: boolean;
  arguments: string;
}

/** Gives every piece of a choice's tool calls the key of its call. */
export type ToolKeys = (piece: ToolPiece) => string;

/**
 * The keys for one choice. A piece continues the newest call with its index (or, without one, the newest call),
 * unless it begins another: with another id and a name, or with a name where the call already has one and its
 * arguments are whole.
 */
export const createToolKeys = (): ToolKeys => {
  const calls: OpenCall[] = [];
  return (piece) => {
    const open = findOpen(calls, piece);
    const call = open === undefined || beginsAnother(open, piece) ? begin(calls, piece) : open;
    call.named ||= piece.name !== undefined;
    call.arguments += piece.arguments ?? '';
    return call.key;
  };
};

function findOpen(calls: readonly OpenCall[], piece: ToolPiece): OpenCall | undefined {
  if (piece.index !== undefined) return calls.findLast((call) => call.index === piece.index);
  return calls.findLast((call) => piece.id !== undefined && call.id === piece.id) ?? calls.at(-1);
}

function begin(calls: OpenCall[], { index, id }: ToolPiece): OpenCall {
  const call: OpenCall = { key: String(calls.length), index, id, named: false, arguments: '' };
  calls.push(call);
  return call;
}

function beginsAnother(open: OpenCall, { id, name }: ToolPiece): boolean {
  if (id !== undefined && open.id !== undefined) return id !== open.id && name !== undefined;
  return name !== undefined && open.named && isWholeJson(open.arguments);
}

function isWholeJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
