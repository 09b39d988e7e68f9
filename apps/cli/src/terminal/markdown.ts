// Markdown in a terminal as it streams: a line is printed once, when nothing that follows can change it, and text of a long
// paragraph as soon as its marks are closed. The cursor is never moved, so that resizing, tmux and ssh need nothing.
import { Lexer, type Token, type Tokens } from 'marked';
import { createHighlighter, type LinePainter } from './highlight.ts';
import { plainText } from './plain-text.ts';
import type { Painter } from './style.ts';
import { padded, widthOf } from './table.ts';

/** More than this is not held back for a mark that may be closed later. */
const MOST_HELD = 400;
const MOST_ROWS = 200;
/** Of all rows of a table together: what is larger fits no terminal, and would be measured cell by cell. */
const MOST_TABLE = 8 * 1024;
const FENCE = /^ {0,3}(`{3,}|~{3,}) ?([\w+#.-]*)/;
const TABLE_ROW = /^ {0,3}\|/;

/** Gives what can be printed of a text that comes in pieces. */
export class MarkdownStream {
  readonly #paint: Painter;
  readonly #columns: () => number;
  /** What has come of the line that is not complete. */
  #line = '';
  /** Whether a part of this line has been printed. */
  #begun = false;
  #fence: { readonly mark: string; readonly paintLine: LinePainter } | undefined;
  #rows: string[] = [];
  /** Characters of the rows. */
  #table = 0;

  constructor(paint: Painter, columns: () => number) {
    this.#paint = paint;
    this.#columns = columns;
  }

  /** Takes the next piece. @returns what can be printed by now. */
  write(piece: string): string {
    const lines = plainText(piece).split('\n');
    let printed = '';
    for (const [at, text] of lines.entries()) {
      this.#line += text;
      if (at < lines.length - 1) {
        printed += this.#endLine();
        this.#line = '';
        this.#begun = false;
      }
    }
    return printed + this.#settled();
  }

  /** What was held back. */
  end(): string {
    const rest = this.#line === '' && !this.#begun ? this.#flushRows() : this.#endLine() + this.#flushRows();
    this.#line = '';
    return rest;
  }

  #endLine(): string {
    const line = this.#line;
    if (this.#fence !== undefined) return this.#codeLine(line, this.#fence);
    if (this.#begun) return `${this.#inline(line)}\n`;
    const isSmall = this.#rows.length < MOST_ROWS && this.#table + line.length <= MOST_TABLE;
    if (TABLE_ROW.test(line) && isSmall) {
      this.#rows.push(line);
      this.#table += line.length;
      return '';
    }
    const before = this.#flushRows();
    const opened = FENCE.exec(line);
    if (opened === null) return `${before}${this.#block(line)}\n`;
    const [, mark = '```', language = ''] = opened;
    this.#fence = { mark, paintLine: createHighlighter(language, this.#paint) };
    return `${before}${this.#paint('gray', line.trim())}\n`;
  }

  #codeLine(line: string, { mark, paintLine }: { mark: string; paintLine: LinePainter }): string {
    if (!line.trimStart().startsWith(mark) || line.trim().replaceAll(mark.charAt(0), '') !== '')
      return `${paintLine(line)}\n`;
    this.#fence = undefined;
    return `${this.#paint('gray', line.trim())}\n`;
  }

  /** A line that is no code and no table. */
  #block(line: string): string {
    const heading = /^ {0,3}#{1,6} (.*)$/.exec(line);
    if (heading?.[1] !== undefined) return this.#paint(['bold', 'underline'], this.#inline(heading[1]));
    if (/^ {0,3}([-*_])( ?\1){2,} *$/.test(line))
      return this.#paint('gray', '─'.repeat(Math.min(this.#columns(), 40)));
    let [printed, at] = ['', 0];
    for (let mark = markAt(line, 0); mark !== undefined; mark = markAt(line, at)) {
      printed += mark.indent + this.#mark(mark.sign);
      at += mark.indent.length + mark.sign.length;
    }
    return printed + this.#inline(line.slice(at));
  }

  /** A bullet, a number, or the bar of a quotation. */
  #mark(sign: string): string {
    if (sign === '>') return this.#paint('gray', '│');
    return `${this.#paint('cyan', /\d/.test(sign) ? sign.trimEnd() : '•')} `;
  }

  /** Of a line that is not complete: the words after which no mark is open. */
  #settled(): string {
    const held = this.#line.length > MOST_HELD;
    if (this.#fence !== undefined || (!this.#begun && !held && !isParagraph(this.#line))) return '';
    const end = held ? this.#line.lastIndexOf(' ') + 1 || this.#line.length : settledEnd(this.#line);
    if (end === 0) return '';
    const text = this.#line.slice(0, end);
    const before = this.#begun ? '' : this.#flushRows();
    const printed = this.#begun ? this.#inline(text) : this.#block(text);
    this.#begun = true;
    this.#line = this.#line.slice(end);
    return before + printed;
  }

  #inline(text: string): string {
    // The lexer's time grows faster than the text: it is given no more than a few hundred characters at once.
    if (text.length > 2 * MOST_HELD) {
      const at = text.lastIndexOf(' ', MOST_HELD) + 1 || MOST_HELD;
      let printed = '';
      for (let from = 0; from < text.length; from += at) printed += this.#inline(text.slice(from, from + at));
      return printed;
    }
    // Spaces at the ends are the lexer's to drop, and ours to keep.
    const [lead = ''] = /^ */.exec(text) ?? [];
    const body = text.slice(lead.length).trimEnd();
    const tail = text.slice(lead.length + body.length);
    return lead + this.#tokens(Lexer.lexInline(body)) + (body === '' ? '' : tail);
  }

  #tokens(tokens: readonly Token[]): string {
    return tokens.map((token) => this.#token(token)).join('');
  }

  #token(token: Token): string {
    const inner = (): string => ('tokens' in token && token.tokens ? this.#tokens(token.tokens) : token.raw);
    switch (token.type) {
      case 'strong':
        return this.#paint('bold', inner());
      case 'em':
        return this.#paint('italic', inner());
      case 'del':
        return this.#paint('strikethrough', inner());
      case 'codespan':
        return this.#paint('yellow', token.text);
      case 'link':
        return token.text === token.href
          ? this.#paint('underline', token.href)
          : `${inner()} (${this.#paint('underline', token.href)})`;
      case 'escape':
        return token.text;
      default:
        return token.raw;
    }
  }

  /** A table that is complete: aligned where the terminal is wide enough, else as it came. */
  #flushRows(): string {
    if (this.#rows.length === 0) return '';
    const rows = this.#rows;
    this.#rows = [];
    this.#table = 0;
    const table = Lexer.lex(rows.join('\n')).find((token): token is Tokens.Table => token.type === 'table');
    if (table === undefined) return `${rows.map((row) => this.#inline(row)).join('\n')}\n`;
    const cells = [table.header, ...table.rows].map((row) => row.map(({ text }) => text));
    const widths = table.header.map((_, at) => Math.max(...cells.map((row) => widthOf(row[at] ?? ''))));
    if (widths.reduce((sum, width) => sum + width + 3, 0) > this.#columns()) return `${rows.join('\n')}\n`;
    const lines = cells.map((row) =>
      row
        .map((cell, at) => padded(cell, widths[at] ?? 0))
        .join(' │ ')
        .trimEnd(),
    );
    const [head = '', ...others] = lines;
    const rule = widths.map((width) => '─'.repeat(width)).join('─┼─');
    return `${[this.#paint('bold', head), this.#paint('gray', rule), ...others].join('\n')}\n`;
  }
}

const MARK = /( {0,12})([-*+] |\d{1,9}[.)] |>)/y;

/** The mark of a list or a quotation that stands at this place. */
function markAt(line: string, at: number): { readonly indent: string; readonly sign: string } | undefined {
  MARK.lastIndex = at;
  const [, indent, sign] = MARK.exec(line) ?? [];
  return indent === undefined || sign === undefined ? undefined : { indent, sign };
}

/** Whether a line that is not complete can already be told from a fence, a table, a heading, a list and a rule. */
const isParagraph = (line: string): boolean =>
  /^ {0,3}(?![-*+#>|`~_=\d\s])\S/.test(line) && line.includes(' ');

/** Where the last word ends after which every mark is closed. */
function settledEnd(line: string): number {
  let end = 0;
  let open = '';
  for (let at = 0; at < line.length; at++) {
    const char = line.charAt(at);
    if (open === '`') {
      if (char === '`') open = '';
    } else if (char === '\\') at++;
    else if (char === '`' && open === '') open = '`';
    else if (char === '*' || char === '_' || char === '~') {
      const run = runAt(line, at);
      if (open === run) open = '';
      else if (open === '' && isOpening(line, at, run)) open = run;
      at += run.length - 1;
    } else if (char === '[' && open === '') open = '[';
    else if (open === '[' && (char === ')' || (char === ']' && line.length > at + 1 && line[at + 1] !== '(')))
      open = '';
    else if (char === ' ' && open === '') end = at + 1;
  }
  return end;
}

const runAt = (line: string, at: number): string => {
  let end = at;
  while (line[end] === line[at]) end++;
  return line.slice(at, end);
};

/** A mark before a space opens nothing, and nor does an underscore inside a word. */
const isOpening = (line: string, at: number, run: string): boolean => {
  const after = line[at + run.length];
  if (after === ' ') return false;
  return !run.startsWith('_') || at === 0 || !/\w/.test(line.charAt(at - 1));
};
