// Markdown of a model as elements: only what shows text, and nothing that loads, runs or asks for input.
import DOMPurify from 'dompurify';
import { marked } from 'marked';
import { Blocks } from './blocks.ts';

const ALLOWED_TAGS =
  'a b blockquote br code del em h1 h2 h3 h4 h5 h6 hr i kbd li ol p pre s strong sub sup table tbody td th thead tr ul'.split(
    ' ',
  );
const ALLOWED_ATTR = ['href', 'start', 'title', 'align'];

const rendered = (markdown: string): DocumentFragment => {
  const fragment = DOMPurify.sanitize(marked.parse(markdown, { async: false }), {
    ALLOWED_TAGS,
    ALLOWED_ATTR,
    ALLOWED_URI_REGEXP: /^(?:https?:|mailto:|#)/i,
    RETURN_DOM_FRAGMENT: true,
  });
  for (const link of fragment.querySelectorAll('a')) {
    link.target = '_blank';
    link.rel = 'noopener noreferrer';
  }
  return fragment;
};

/** Shows a text that grows. */
export class MarkdownView {
  readonly #into: HTMLElement;
  readonly #blocks = new Blocks();
  readonly #open = document.createElement('div');
  #held = '';
  #frame = 0;

  constructor(into: HTMLElement) {
    this.#into = into;
    into.append(this.#open);
  }

  /** Takes the next piece; it is shown with the next frame. */
  write(piece: string): void {
    this.#held += piece;
    if (this.#frame === 0) this.#frame = requestAnimationFrame(() => this.end());
  }

  /** Shows all that has come. */
  end(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    if (this.#held === '') return;
    const { settled, open } = this.#blocks.write(this.#held);
    this.#held = '';
    for (const block of settled) {
      const element = document.createElement('div');
      element.append(rendered(block));
      this.#into.insertBefore(element, this.#open);
    }
    this.#open.replaceChildren(rendered(open));
  }
}
