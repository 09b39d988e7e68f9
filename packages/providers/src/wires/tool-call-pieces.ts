// Joins the pieces of tool calls, which services number oddly, twice, or not at all, and repeat.
import type { Fields, StreamEvent, ToolCallDelta } from '@g4f/core';
import { parseJson } from '../http/json-text.ts';

/** One piece of a tool call as it came, each field only if it said something. */
export interface ToolPiece {
  readonly index: number | undefined;
  readonly id: string | undefined;
  readonly name: string | undefined;
  readonly arguments: string | undefined;
  /** Of a tool without a schema, whose input is plain text. */
  readonly isCustom: boolean;
  /** Whether it is no piece but the call as a whole, from a message that repeats what pieces have said. */
  readonly isWhole: boolean;
  /** What else the service says of the call. */
  readonly fields: Fields | undefined;
}

interface OpenCall {
  readonly key: string;
  readonly isCustom: boolean;
  index: number | undefined;
  id: string | undefined;
  name: string | undefined;
  arguments: string;
  /** `{}` came first: a placeholder if other arguments follow. */
  isEmpty: boolean;
}

/**
 * The calls of one choice. An id that was seen names the call, wherever its index points; a new id with a name is a new
 * call. Without ids the index does (or, without one, the newest call), and a name that comes again after whole arguments
 * begins another. A piece equal to the whole so far is a repetition; anything else is added.
 */
export class ToolCallPieces {
  readonly #calls: OpenCall[] = [];
  /** The calls that were last spoken of by each index. */
  readonly #byIndex = new Map<number, OpenCall>();
  readonly #at: { readonly choice: number } | undefined;

  /** @param at the choice, for the events. */
  constructor(at: { readonly choice: number } | undefined) {
    this.#at = at;
  }

  /** Adds what the piece says beyond those before it. */
  read(piece: ToolPiece, events: StreamEvent[]): void {
    const open = this.#find(piece);
    const isNew = open === undefined || beginsAnother(open, piece);
    const call = isNew ? this.#begin(piece) : open;
    if (piece.index !== undefined) this.#byIndex.set(piece.index, call);
    const id = call.id === undefined ? piece.id : undefined;
    const name = call.name === undefined ? piece.name : undefined;
    call.id ??= piece.id;
    call.name ??= piece.name;
    call.index ??= piece.index;
    const more = moreArguments(call, piece);
    call.arguments += more ?? '';
    if (!isNew && id === undefined && name === undefined && more === undefined && piece.fields === undefined)
      return;
    events.push({
      ...this.#said(call),
      ...(id !== undefined && { id }),
      ...(name !== undefined && { name }),
      ...(more !== undefined && { arguments: more }),
      ...(piece.fields !== undefined && { fields: piece.fields }),
    });
  }

  /** Adds the `{}` that was held back and turned out to be all. */
  close(events: StreamEvent[]): void {
    for (const call of this.#calls) {
      if (!call.isEmpty) continue;
      call.isEmpty = false;
      call.arguments = '{}';
      events.push({ ...this.#said(call), arguments: '{}' });
    }
  }

  #said({ key, isCustom }: OpenCall): ToolCallDelta {
    return { type: 'tool-call-delta', key, ...(isCustom && { custom: true as const }), ...this.#at };
  }

  #find({ id, index }: ToolPiece): OpenCall | undefined {
    const named = id === undefined ? undefined : this.#calls.findLast((call) => call.id === id);
    return named ?? (index === undefined ? this.#calls.at(-1) : this.#byIndex.get(index));
  }

  #begin({ index, isCustom }: ToolPiece): OpenCall {
    const call: OpenCall = {
      key: String(this.#calls.length),
      isCustom,
      index,
      id: undefined,
      name: undefined,
      arguments: '',
      isEmpty: false,
    };
    this.#calls.push(call);
    return call;
  }
}

function beginsAnother(open: OpenCall, piece: ToolPiece): boolean {
  const { id, name, index, arguments: text = '' } = piece;
  const isSamePlace = index !== undefined && index === open.index;
  if (id !== undefined && id === open.id) {
    if (name !== undefined && open.name !== undefined && name !== open.name) return true;
    // One id for all calls: whole arguments at another place, which are not those that the call has.
    const isWhole = isWholeObject(text) && isWholeObject(open.arguments);
    return isWhole && !isSamePlace && index !== undefined && !isRepetition(open, text);
  }
  if (id !== undefined && open.id !== undefined) return name !== undefined;
  if (name === undefined || open.name === undefined) return false;
  if (name !== open.name) return true;
  if (isSamePlace && (open.isEmpty || isRepetition(open, text))) return false;
  return open.isEmpty || isWholeObject(open.arguments);
}

/** What the piece adds to the call's arguments; undefined if nothing. */
function moreArguments(call: OpenCall, { arguments: text, isWhole }: ToolPiece): string | undefined {
  if (text === undefined) return undefined;
  if (isWhole && call.arguments !== '')
    return text.startsWith(call.arguments) ? text.slice(call.arguments.length) || undefined : undefined;
  if (call.isCustom) return text;
  if (call.arguments === '' && text.trim() === '{}') {
    call.isEmpty = true;
    return undefined;
  }
  if (isRepetition(call, text)) return undefined;
  call.isEmpty &&= text.trim() === '';
  return text;
}

/** The same arguments once more; two equal pieces of arguments that are not whole are no repetition. */
const isRepetition = (call: OpenCall, text: string): boolean =>
  isWholeObject(text) &&
  isWholeObject(call.arguments) &&
  (text === call.arguments || JSON.stringify(parseJson(text)) === JSON.stringify(parseJson(call.arguments)));

const isWholeObject = (text: string): boolean =>
  /^\s*\{/.test(text) && /\}\s*$/.test(text) && parseJson(text) !== undefined;
