// Tool calls whose pieces may come interleaved → one after the other: in Anthropic's stream one block stands open at a time.
import { G4FError, type ToolCallChunk } from '@g4f/core';
import { parseJson } from '../../json/json.ts';

/** What is said of a call now. */
export interface CallPiece {
  /** Set with its first piece. */
  readonly begins?: { readonly id: string; readonly name: string };
  readonly json: string;
}

interface Waiting {
  id: string;
  name: string;
  arguments: string;
}

/**
 * The pieces of the call that is being told are handed on at once. Another that begins before the arguments of that one are whole
 * waits until the end.
 */
export class OpenCalls {
  readonly #waiting = new Map<number, Waiting>();
  readonly #told = new Set<number>();
  #current: number | undefined;
  #text = '';

  add({
    index,
    id = '',
    function: { name = '', arguments: json = '' },
  }: ToolCallChunk): readonly CallPiece[] {
    if (index === this.#current) {
      this.#text += json;
      return [{ json }];
    }
    if (this.#told.has(index)) return this.#late(json);
    const waiting = this.#waiting.get(index);
    if (waiting === undefined && this.isWhole && this.#waiting.size === 0)
      return [this.#begin(index, { id, name }, json)];
    const call = waiting ?? { id, name, arguments: '' };
    call.name ||= name;
    call.arguments += json;
    this.#waiting.set(index, call);
    return [];
  }

  /** Those that waited. */
  rest(): readonly CallPiece[] {
    return [...this.#waiting].map(([index, { id, name, arguments: json }]) =>
      this.#begin(index, { id, name }, json),
    );
  }

  #begin(index: number, begins: { readonly id: string; readonly name: string }, json: string): CallPiece {
    if (this.#current !== undefined) this.#told.add(this.#current);
    this.#current = index;
    this.#text = json;
    return { begins, json };
  }

  /** Whether nothing is missing of the call that is being told. */
  get isWhole(): boolean {
    return this.#current === undefined || parseJson(this.#text) !== undefined;
  }

  /** After a call was whole nothing can follow but blanks. */
  #late(json: string): readonly CallPiece[] {
    if (json.trim() === '') return [];
    throw new G4FError('The model went on with a tool call whose arguments were complete. Ask again.', {
      code: 'bad-response',
    });
  }
}
