// The chunks of answers that are JSON because tools are emulated: of each the text that is for the user, as it grows.
import type { ChatCompletionChunk } from '@g4f/core';
import { peek } from '../../options/unreadable.ts';
import type { ToolRunOptions } from '../../surface/programs.ts';
import { type PartialJson, partialJson } from '../parse/partial-json.ts';
import { fieldOf } from '../running/validate.ts';
import { saidIn } from './emulation.ts';

type Show = (chunk: ChatCompletionChunk) => ChatCompletionChunk;

/** How the chunks of a run are handed out: as they are, unless its tools are emulated. */
export const shownChunks = (params: Pick<ToolRunOptions, 'emulate'> | undefined): Show =>
  peek(params, 'emulate') ? emulatedChunks() : (chunk) => chunk;

/** Shows the chunks of one answer after another. */
const emulatedChunks = (): Show => {
  let text = new ShownText();
  return (chunk) => {
    const [choice] = chunk.choices;
    if (choice === undefined) return chunk;
    const isOver = choice.finish_reason !== null;
    const content = text.add(choice.delta.content ?? '', isOver);
    if (isOver) text = new ShownText();
    return content === '' && choice.delta.content == null
      ? chunk
      : { ...chunk, choices: [{ ...choice, delta: { ...choice.delta, content } }] };
  };
};

/** What is to be shown of a text that comes in pieces. */
class ShownText {
  #text = '';
  #shown = '';
  #isPlain = false;
  #json: PartialJson | undefined;

  /** What is to be shown now. @param isOver whether nothing follows. */
  add(piece: string, isOver: boolean): string {
    if (this.#isPlain) return piece;
    this.#text += piece;
    const all = isOver ? (saidIn(this.#text).content ?? '') : this.#sofar(piece);
    // What has been shown stands, such as the first of two answers in one object.
    const more = all.startsWith(this.#shown) ? all.slice(this.#shown.length) : '';
    this.#shown += more;
    return more;
  }

  #sofar(piece: string): string {
    if (this.#json === undefined) {
      const first = this.#text.trimStart()[0];
      // What stands in a code fence is known at its end.
      if (first === undefined || first === '`') return '';
      this.#isPlain = first !== '{';
      if (this.#isPlain) return this.#text;
    }
    const more = this.#json === undefined ? this.#text : piece;
    this.#json ??= partialJson();
    const answer = fieldOf(this.#json.write(more), 'answer');
    return typeof answer === 'string' ? answer : '';
  }
}
