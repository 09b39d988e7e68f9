// Finds the optional native runtime, and declares the few parts of it that we use.
// Source: https://node-llama-cpp.withcat.ai/api/
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { localError, reasonOf } from '../failures/failure.ts';

/** The package a user adds to have the embedded model. */
export const RUNTIME_PACKAGE = '@g4f/local-runtime';
/** Ours, which is a part of node-llama-cpp; and the whole of it, where a program has it anyway. */
const RUNTIMES = [RUNTIME_PACKAGE, 'node-llama-cpp'];

/** What is missing when the runtime is, as an instruction. */
export const INSTALL_RUNTIME = `run "npm install ${RUNTIME_PACKAGE}"`;

/** A token's id in the model's own vocabulary. */
export type Token = number;

/** One message as the chat template takes it. */
export type TemplateMessage =
  | { readonly type: 'system' | 'user'; readonly text: string }
  | { readonly type: 'model'; readonly response: readonly string[] };

/** The text that a chat template made, where a person's words cannot pose as a special token. */
interface TemplateText {
  tokenize(tokenizer: unknown): Token[];
}

/** A model's chat template. */
export interface ChatTemplate {
  generateContextState(state: { chatHistory: readonly TemplateMessage[] }): {
    readonly contextText: TemplateText;
  };
}

/** How the next token is chosen. */
export interface Sampling {
  readonly temperature: number;
  readonly topP: number;
  readonly topK: number;
  readonly minP: number;
  readonly seed: number;
  readonly repeatPenalty: {
    readonly punishTokens: () => Token[];
    readonly maxPunishTokens: number;
    readonly penalty: number;
    readonly frequencyPenalty: number;
    readonly presencePenalty: number;
  };
  /** Lets only such tokens be chosen as the grammar allows. */
  readonly grammarEvaluationState?: object;
}

/** A grammar that the runtime has read. */
export type RuntimeGrammar = object;

/** One conversation in the model's memory. */
export interface Sequence {
  clearHistory(): Promise<void>;
  evaluateWithoutGeneratingNewTokens(tokens: Token[]): Promise<void>;
  evaluate(tokens: Token[], sampling: Sampling): AsyncGenerator<Token, void>;
}

/** What computes the vector of one text at a time. */
export interface Embedder {
  /** The number of tokens, with those that the model puts before and behind each text. */
  calculateInputLength(tokens: readonly Token[]): number;
  getEmbeddingFor(tokens: readonly Token[]): Promise<{ readonly vector: readonly number[] }>;
}

/** A loaded model. */
export interface RuntimeModel {
  /** The tokens that begin and end a text; null where the model has none. */
  readonly tokens: { readonly bos: Token | null; readonly eos: Token | null };
  readonly tokenizer: unknown;
  /** The longest conversation it was trained for, in tokens. */
  readonly trainContextSize: number;
  readonly fileInfo: { readonly metadata: { readonly tokenizer?: { readonly chat_template?: string } } };
  createContext(options: { contextSize: { min: number; max: number }; threads: number }): Promise<{
    readonly contextSize: number;
    getSequence(): Sequence;
  }>;
  createEmbeddingContext(options: {
    contextSize: number;
    batchSize: number;
    threads: number;
  }): Promise<Embedder>;
  /** A person's words, where nothing poses as a special token. */
  tokenize(text: string): Token[];
  detokenize(tokens: readonly Token[], specialTokens: boolean, lastTokens: readonly Token[]): string;
}

/** The parts of the package's module that we use. */
export interface Runtime {
  getLlama(options: Readonly<Record<string, unknown>>): Promise<{
    loadModel(options: { modelPath: string }): Promise<RuntimeModel>;
    /** Reads a grammar in GBNF. */
    createGrammar(options: { grammar: string }): Promise<RuntimeGrammar>;
  }>;
  readonly LlamaGrammarEvaluationState: new (options: {
    model: RuntimeModel;
    grammar: RuntimeGrammar;
  }) => object;
  readonly JinjaTemplateChatWrapper: new (options: { template: string }) => ChatTemplate;
  resolveChatWrapper(model: RuntimeModel): ChatTemplate;
}

/** A function of its own, or bundlers would take what is resolved for a module of the program. */
const requireFrom = (place: string | URL): NodeJS.Require => createRequire(place);

/** This code, which may be bundled into the worker of a client; and the package that it is from, as the client finds it. */
const OWN_PLACES = [
  () => import.meta.url,
  () => requireFrom(import.meta.url).resolve('@g4f/providers/package.json'),
];

/** A package is found by its own name from within, before any other of that name. @throws Error if the folder has none */
function folderIn(program: string, name: string): string {
  const own = join(resolve(program), 'node_modules', name, 'package.json');
  if (!existsSync(own)) throw new Error(`there is no ${own}`);
  return own;
}

/**
 * The URL of the runtime's module; undefined if it is not installed. It is looked for as an import of this package would
 * be, and nowhere else: what lies above the working folder was put there by anybody. Where an installation keeps it
 * elsewhere, `G4F_LOCAL_RUNTIME` names the folder of the program in whose node_modules it is.
 *
 * @throws G4FError `invalid-request` when the variable names a folder that has none.
 */
export const findRuntime = (env: Readonly<Record<string, string | undefined>>): string | undefined => {
  const named = env.G4F_LOCAL_RUNTIME?.trim();
  const places = named ? [(name: string) => folderIn(named, name)] : OWN_PLACES;
  for (const name of RUNTIMES) {
    for (const place of places) {
      try {
        return pathToFileURL(requireFrom(place(name)).resolve(name)).href;
      } catch {
        // It is not there.
      }
    }
  }
  if (!named) return undefined;
  throw localError(
    'invalid-request',
    `G4F_LOCAL_RUNTIME names ${named}, which has no node_modules with ${RUNTIMES.join(' or ')}. Correct it, or unset it.`,
  );
};

/** What to do before the embedded model can answer, as an instruction; undefined when nothing is missing. */
export const missingRuntime = (env: Readonly<Record<string, string | undefined>>): string | undefined => {
  try {
    return findRuntime(env) === undefined ? INSTALL_RUNTIME : undefined;
  } catch (error) {
    return reasonOf(error);
  }
};
