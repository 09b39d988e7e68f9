// The tools that a model may call in this run: modules, MCP servers, the web; and whether a call of one may run.
import type { RunnableTool } from '@g4f/client';
import type { McpToolset } from '@g4f/mcp';
import { installed, MCP_PACKAGES } from '../failure/optional-package.ts';
import { UsageError } from '../failure/usage-error.ts';
import { Consent } from './consent.ts';
import type { ModuleTool } from './tool-module.ts';

/** When the person is asked: before what may change something, before every call, or never (`all`). */
export type ApprovalRule = 'marked' | 'ask' | 'all';

/** What a person named, as it was written. */
export interface ToolOptions {
  readonly tool?: readonly string[];
  readonly mcp?: readonly string[];
  readonly web?: boolean;
  readonly approve?: 'ask' | 'all';
  readonly maxSteps?: number;
}

/** Holds tools, and ends the servers that some of them are of. */
export class Toolbox {
  readonly #consent: Consent;
  readonly #rule: ApprovalRule;
  /** How many answers the model may give; the client's own number unless given. */
  readonly maxSteps: number | undefined;
  #own: readonly ModuleTool[] = [];
  #web: readonly RunnableTool[] = [];
  #servers: readonly McpToolset[] = [];

  constructor({ approve, maxSteps }: Pick<ToolOptions, 'approve' | 'maxSteps'> = {}) {
    this.#rule = approve ?? 'marked';
    this.#consent = new Consent(this.#rule);
    this.maxSteps = maxSteps;
  }

  /** All of them, for `runTools`. */
  get tools(): readonly RunnableTool[] {
    return [
      ...this.#own.map(({ runnable }) => runnable),
      ...this.#web,
      ...this.#servers.flatMap(({ tools }) => tools),
    ];
  }

  /** What they are called. */
  get names(): readonly string[] {
    return this.tools.map(({ function: { name } }) => name);
  }

  get hasWeb(): boolean {
    return this.#web.length > 0;
  }

  /** @returns the names that are new. @throws UsageError for a module that is not there, or two tools of one name. */
  async addModule(path: string): Promise<readonly string[]> {
    const { readToolModule } = await import('./tool-module.ts');
    const tools = await readToolModule(path);
    const before = new Set(this.names);
    for (const { runnable } of tools) {
      const { name } = runnable.function;
      if (before.has(name)) throw new UsageError(`--tool ${path}: there is a tool "${name}" already`);
      before.add(name);
    }
    this.#own = [...this.#own, ...tools];
    return tools.map(({ runnable }) => runnable.function.name);
  }

  /** @returns the names that are new. @throws UsageError; G4FError where the server cannot be reached or started. */
  async addMcp(source: string): Promise<readonly string[]> {
    const { openMcp } = await installed(import('./mcp-source.ts'), MCP_PACKAGES);
    const isTaken = (name: string): boolean => this.names.some((known) => known.startsWith(`${name}__`));
    const server = await openMcp(source, isTaken);
    this.#servers = [...this.#servers, server];
    return server.tools.map(({ function: { name } }) => name);
  }

  /** Takes in the tools of the web, or puts them away. @returns the engine that is asked, if one is set up. */
  async setWeb(isOn: boolean): Promise<string | undefined> {
    if (!isOn) {
      this.#web = [];
      return undefined;
    }
    const { webTools } = await installed(import('./web-tools.ts'), '@g4f/web');
    const { tools, engine } = webTools();
    this.#web = tools;
    return engine;
  }

  /** Tells the call on stderr, and says whether it may run. */
  async approve(name: string, args: unknown): Promise<boolean> {
    return this.#consent.give(name, args, this.#mayChange(name));
  }

  async close(): Promise<void> {
    await Promise.all(this.#servers.map((server) => server.close()));
  }

  /** A server that says nothing of a tool has not said that it is harmless. */
  #mayChange(name: string): boolean {
    const own = this.#own.find(({ runnable }) => runnable.function.name === name);
    if (own !== undefined) return own.isDestructive;
    const facts = this.#servers.map((server) => server.factsOf(name)).find((found) => found !== undefined);
    return facts !== undefined && !facts.isReadOnly && facts.isDestructive !== false;
  }
}
