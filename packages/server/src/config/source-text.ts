// The text of a configuration: its values, where each of them stands, and the variables in it.
import {
  type Document,
  type ErrorCode,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
  visit,
  type YAMLError,
} from 'yaml';
import { configError, type Path, type Problem, written } from './problems.ts';

/** Variables of the environment. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** A text that has been read. */
export interface SourceText {
  readonly value: unknown;
  /** `file:line:column: path: what is wrong` */
  readonly told: (problem: Problem) => string;
}

/** `${NAME}`, `${NAME:-otherwise}`; `$${` stands for `${` itself. */
const VARIABLE = /\$\$\{|\$\{([^${}]{0,1000})\}/g;
const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

/**
 * Reads YAML, of which JSON is a part.
 * @throws G4FError `invalid-request` for what is no YAML, and for each variable that is not set
 */
export const readSource = (text: string, file: string, env: Environment): SourceText => {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const at = (offset: number): string => {
    const { line, col } = lines.linePos(offset);
    return `${file}:${line}:${col}`;
  };
  const [wrong] = document.errors;
  // What follows the first is mostly its consequence.
  if (wrong !== undefined)
    throw configError([`${at(wrong.pos[0])}: ${syntaxError(wrong, lineAt(text, wrong.pos[0]))}`]);
  const missing: string[] = [];
  visit(document, {
    Scalar(kind, node) {
      if (kind === 'key' || typeof node.value !== 'string') return;
      node.value = expand(node.value, env, (why) => missing.push(`${at(node.range?.[0] ?? 0)}: ${why}`));
    },
  });
  visit(document, {
    Alias(_, node) {
      if (node.resolve(document) === undefined)
        missing.push(
          `${at(node.range?.[0] ?? 0)}: nothing before it is called &${node.source.slice(0, 50)}.`,
        );
    },
  });
  if (missing.length > 0) throw configError(missing);
  return {
    value: plainValue(document, file),
    told: (problem) => {
      const offset = offsetOf(document, problem);
      const path = written(problem.path);
      return `${at(offset)}: ${path === '' ? '' : `${path}: `}${problem.message}`;
    },
  };
};

/** @throws G4FError where aliases make far more of a file than it says */
function plainValue(document: Document.Parsed, file: string): unknown {
  try {
    return document.toJS();
  } catch (error) {
    throw configError([`${file}: ${error instanceof Error ? error.message : String(error)}.`]);
  }
}

/** What the parser tells in words for programmers. */
const IN_OUR_WORDS: Partial<Record<ErrorCode, string>> = {
  DUPLICATE_KEY: 'this name stands here for the second time in its section: leave one of the two out.',
  MULTIPLE_DOCS: 'a second document begins here: a configuration is one, so put all of it into the first.',
};

/** The parser's words without what they quote of the file, which may be a key. */
function syntaxError({ code, message }: YAMLError, line: string): string {
  const ours = IN_OUR_WORDS[code];
  if (ours !== undefined) return ours;
  const [first = ''] = message.split('\n');
  const quoted = first.indexOf('"');
  const words = (quoted === -1 ? first : first.slice(0, quoted)).replace(/[ :]{1,9}$/, '');
  return line.includes('${')
    ? `${words}. Inside { } and [ ] a variable stands in quotes: "\${NAME}".`
    : `${words}.`;
}

const lineAt = (text: string, offset: number): string =>
  text.slice(text.lastIndexOf('\n', offset - 1) + 1).split('\n', 1)[0] ?? '';

/** The text with its variables. @param refuse is told of each that cannot be put in. */
const expand = (text: string, env: Environment, refuse: (why: string) => void): string =>
  text.replace(VARIABLE, (found, inside: string | undefined) => {
    if (inside === undefined) return '${';
    const at = inside.indexOf(':-');
    const name = at === -1 ? inside : inside.slice(0, at);
    if (!NAME.test(name)) {
      refuse(`${found} names no variable: write \${NAME}, or $\${ for the characters themselves.`);
      return '';
    }
    const value = Object.hasOwn(env, name) ? env[name] : undefined;
    if (value !== undefined && value !== '') return value;
    if (at !== -1) return inside.slice(at + 2);
    refuse(`the variable ${name} is not set: set it, or write \${${name}:-something}.`);
    return '';
  });

/** Where the value stands, or the nearest thing around it. */
function offsetOf(document: Document.Parsed, { path, isName = false }: Problem): number {
  let node: Node | null | undefined = document.contents;
  let offset = document.contents?.range[0] ?? 0;
  for (const [at, part] of path.entries()) {
    const isLast = at === path.length - 1;
    const next = childOf(node, part);
    if (next === undefined) return offset;
    const shown: Node | null | undefined = isName && isLast ? next.key : (next.value ?? next.key);
    offset = shown?.range?.[0] ?? offset;
    // What an alias stands for is looked at where it is written.
    node = isAlias(next.value) ? next.value.resolve(document) : next.value;
  }
  return offset;
}

interface Child {
  readonly key?: Node | undefined;
  readonly value?: Node | null | undefined;
}

function childOf(node: Node | null | undefined, part: Path[number]): Child | undefined {
  if (isMap<Node, Node | null>(node)) {
    const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(part));
    return pair === undefined ? undefined : { key: pair.key, value: pair.value };
  }
  const item = isSeq(node) && typeof part === 'number' ? node.items[part] : undefined;
  return isNode(item) ? { value: item } : undefined;
}
