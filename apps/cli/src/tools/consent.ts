// Whether a tool may run: the person is told of every call, and asked where it may change something.
import { askKey } from '../terminal/ask-key.ts';
import { complain, note } from '../terminal/output.ts';
import { oneLine } from '../terminal/plain-text.ts';

/** So much of the arguments is told with a call that nobody is asked about. */
const TOLD_CHARACTERS = 200;
/** And so much with a question: what is longer cannot be looked over. */
const ASKED_CHARACTERS = 4_000;

/** Asks, and remembers what was allowed for good. */
export class Consent {
  readonly #rule: 'marked' | 'ask' | 'all';
  readonly #allowed = new Set<string>();

  constructor(rule: 'marked' | 'ask' | 'all') {
    this.#rule = rule;
  }

  /** @param mayChange whether the tool may change something. */
  async give(name: string, args: unknown, mayChange: boolean): Promise<boolean> {
    const isAsked = this.#rule === 'ask' || (this.#rule === 'marked' && mayChange);
    if (!isAsked || this.#allowed.has(name)) {
      note(`${oneLine(name)} ${shownArguments(args, TOLD_CHARACTERS)}`);
      return true;
    }
    if (!canAsk()) {
      complain(
        `${oneLine(name)} was not run: ${mayChange ? 'it may change something, and' : 'each call is asked about, and'} nobody can be asked without a terminal. "--approve all" lets every tool run.`,
      );
      return false;
    }
    const question = `g4f: may ${oneLine(name)} run? ${shownArguments(args, ASKED_CHARACTERS)}\n[y]es, [a]lways in this run, [n]o: `;
    const key = await askKey(question, ['y', 'a', 'n']);
    if (key === 'a') this.#allowed.add(name);
    return key === 'y' || key === 'a';
  }
}

const canAsk = (): boolean => process.stdin.isTTY === true && process.stderr.isTTY === true;

function shownArguments(args: unknown, most: number): string {
  const text = oneLine(JSON.stringify(args));
  return text.length <= most ? text : `${text.slice(0, most)} … and ${text.length - most} more characters`;
}
