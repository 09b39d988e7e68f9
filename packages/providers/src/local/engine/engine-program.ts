// What runs in the engine's process: loads the model and carries out one order at a time.
import type {
  EmbedOrder,
  EngineOrder,
  EngineReport,
  GenerateOrder,
  LoadOrder,
  Order,
} from './engine-messages.ts';
import type { ChatTemplate, Embedder, Runtime, RuntimeModel, Sampling, Sequence, Token } from './runtime.ts';

/** What the program needs of its process. */
export interface EngineHost {
  readonly platform: string;
  readonly arch: string;
  readonly pid: number;
  send?(report: EngineReport): unknown;
  on(event: 'message', listener: (order: EngineOrder) => void): unknown;
  on(event: 'disconnect' | 'SIGINT', listener: () => void): unknown;
  kill(pid: number, signal: string): unknown;
}

interface LoadedModel {
  readonly model: RuntimeModel;
  readonly runtime: Runtime;
  readonly llama: Awaited<ReturnType<Runtime['getLlama']>>;
  /** The longest conversation or text, in tokens. */
  readonly limit: number;
}

interface LoadedChat extends LoadedModel {
  readonly kind: 'generate';
  readonly chat: ChatTemplate;
  readonly sequence: Sequence;
}

interface LoadedEmbedder extends LoadedModel {
  readonly kind: 'embed';
  readonly embedder: Embedder;
}

type Loaded = LoadedChat | LoadedEmbedder;

/**
 * The whole program. It is handed to the new process as text (`engine-process.ts`), so that there is no file to be found
 * by builds and bundlers: **it must use nothing from outside itself** but its two arguments and JavaScript's own globals.
 * That is why it is long and its parts are inside it; they are methods, because bundlers that keep names wrap every function
 * that a variable holds in a call of something from outside; and there is no `?.` and no `??` in it, because the build for
 * CommonJS makes calls of them. A test reads it for that.
 */
export const runEngine = (host: EngineHost, load: (url: string) => Promise<unknown>): void => {
  /** So many tokens of a prompt are read between two looks at `stopped`. */
  const SLICE = 64;
  /** So many recent tokens of the answer are made less likely to come again. */
  const REMEMBERED = 64;
  const LEAST_CONTEXT = 512;
  /** No character has more bytes, so none has more tokens: text that is still broken then is broken for good. */
  const WHOLE = 4;

  const program = {
    stopped: false,

    say(report: EngineReport): void {
      if (host.send !== undefined) host.send(report);
    },

    fail(error: unknown): void {
      program.say({
        kind: 'failed',
        message: error instanceof Error ? `${error.name}: ${error.message}` : String(error),
      });
    },

    async load(order: LoadOrder): Promise<Loaded> {
      const runtime = (await load(order.runtime)) as Runtime;
      const llama = await runtime.getLlama({
        // The prebuilt binary for Apple's own processors knows Metal only.
        gpu: host.platform === 'darwin' && host.arch === 'arm64' ? 'auto' : false,
        build: 'never',
        skipDownload: true,
        progressLogs: false,
        logLevel: 'disabled',
      });
      const model = await llama.loadModel({ modelPath: order.model });
      const limit = Math.min(order.mostContextTokens, model.trainContextSize);
      const given = { runtime, llama, model, limit };
      const loaded =
        order.operation === 'embed'
          ? await program.prepareEmbedding(given, order)
          : await program.prepareChat(given, order);
      program.say({ kind: 'loaded' });
      return loaded;
    },

    async prepareChat(given: LoadedModel, { threads }: LoadOrder): Promise<LoadedChat> {
      const { runtime, model, limit: most } = given;
      const context = await model.createContext({
        contextSize: { min: Math.min(LEAST_CONTEXT, most), max: most },
        threads,
      });
      const { tokenizer } = model.fileInfo.metadata;
      const template = tokenizer === undefined ? undefined : tokenizer.chat_template;
      const chat =
        template === undefined
          ? runtime.resolveChatWrapper(model)
          : new runtime.JinjaTemplateChatWrapper({ template });
      // The runtime rounds the size up; beyond what the model was trained for it would babble.
      const limit = Math.min(context.contextSize, most);
      return { ...given, kind: 'generate', limit, chat, sequence: context.getSequence() };
    },

    async prepareEmbedding(given: LoadedModel, { threads }: LoadOrder): Promise<LoadedEmbedder> {
      // One more than the longest text, because the runtime wants room for a token that follows; and all of it in one
      // batch, because the vector of a token is made of all the others.
      const contextSize = given.limit + 1;
      const embedder = await given.model.createEmbeddingContext({
        contextSize,
        batchSize: contextSize,
        threads,
      });
      return { ...given, kind: 'embed', embedder };
    },

    carryOut(loaded: Loaded, order: Order): Promise<void> {
      if (loaded.kind === 'generate' && order.kind === 'generate') return program.generate(loaded, order);
      if (loaded.kind === 'embed' && order.kind === 'embed') return program.embed(loaded, order);
      throw new TypeError(`the model was loaded for "${loaded.kind}"`);
    },

    async embed({ model, embedder, limit }: LoadedEmbedder, { texts }: EmbedOrder): Promise<void> {
      const inputs = texts.map((text) => program.tokensOf(model, text));
      for (const [index, input] of inputs.entries()) {
        const tokens = embedder.calculateInputLength(input);
        if (tokens <= limit) continue;
        program.say({ kind: 'text-too-long', index, tokens, limit });
        return;
      }
      for (const tokens of inputs) {
        if (program.stopped) break;
        const { vector } = await embedder.getEmbeddingFor(tokens);
        // JSON, in which this is sent, has no such numbers.
        if (vector.length === 0 || !vector.every((number) => Number.isFinite(number)))
          throw new RangeError('the model gives no vector of finite numbers for this text');
        program.say({ kind: 'vector', numbers: vector, tokens: embedder.calculateInputLength(tokens) });
      }
      program.say({ kind: 'end', reason: program.stopped ? 'stopped' : 'stop' });
    },

    /** The tokens of a text. The runtime has no vector for none at all, as an empty text has: the one that begins it. */
    tokensOf(model: RuntimeModel, text: string): Token[] {
      const tokens = model.tokenize(text);
      const { bos, eos } = model.tokens;
      const first = bos === null ? eos : bos;
      return tokens.length > 0 || first === null ? tokens : [first];
    },

    async generate(loaded: LoadedChat, order: GenerateOrder): Promise<void> {
      const { model, chat, sequence, limit } = loaded;
      const { contextText } = chat.generateContextState({ chatHistory: order.messages });
      const prompt = contextText.tokenize(model.tokenizer);
      if (prompt.length >= limit) {
        program.say({ kind: 'too-long', tokens: prompt.length, limit });
        return;
      }
      const kept = order.grammar === undefined ? undefined : await program.keepTo(loaded, order.grammar);
      if (kept === false) return;
      program.say({ kind: 'prompt', tokens: prompt.length });
      // A fresh memory each time: reusing the last conversation's would round differently, and the same seed has to
      // give the same answer.
      await sequence.clearHistory();
      let at = 0;
      for (; prompt.length - at > SLICE && !program.stopped; at += SLICE) {
        await sequence.evaluateWithoutGeneratingNewTokens(prompt.slice(at, at + SLICE));
      }
      const room = Math.min(order.maxTokens, limit - prompt.length);
      const reason = program.stopped
        ? 'stopped'
        : await program.answer(loaded, prompt.slice(at), { ...order, maxTokens: room }, kept);
      program.say({ kind: 'end', reason });
    },

    /** What keeps one answer within the grammar; false, and said so, where the runtime does not read it. */
    async keepTo({ runtime, llama, model }: LoadedChat, text: string): Promise<object | false> {
      try {
        const grammar = await llama.createGrammar({ grammar: text });
        return new runtime.LlamaGrammarEvaluationState({ model, grammar });
      } catch (error) {
        program.say({ kind: 'bad-grammar', message: String(error) });
        return false;
      }
    },

    async answer(
      { model, sequence }: LoadedChat,
      prompt: Token[],
      { choosing, maxTokens: room }: GenerateOrder,
      kept: object | undefined,
    ): Promise<'stop' | 'length' | 'stopped'> {
      const said: Token[] = [];
      /** Tokens whose text ends inside a character. */
      let pending: Token[] = [];
      const { repeatPenalty, frequencyPenalty, presencePenalty, ...rest } = choosing;
      const sampling: Sampling = {
        ...rest,
        ...(kept !== undefined && { grammarEvaluationState: kept }),
        repeatPenalty: {
          punishTokens() {
            return said.slice(-REMEMBERED);
          },
          maxPunishTokens: REMEMBERED,
          penalty: repeatPenalty,
          frequencyPenalty,
          presencePenalty,
        },
      };
      for await (const token of sequence.evaluate(prompt, sampling)) {
        if (program.stopped) return 'stopped';
        said.push(token);
        pending.push(token);
        const full = said.length >= room;
        if (full || pending.length >= WHOLE || !model.detokenize(pending, false, []).endsWith('\uFFFD')) {
          program.speak(model, said, pending.length);
          pending = [];
        }
        if (full) return 'length';
      }
      program.speak(model, said, pending.length);
      return 'stop';
    },

    /** Says the last `count` tokens. */
    speak(model: RuntimeModel, said: readonly Token[], count: number): void {
      if (count === 0) return;
      const from = said.length - count;
      const text = model.detokenize(said.slice(from), false, said.slice(Math.max(0, from - 8), from));
      // Half a character that will never be whole, since the answer was cut there, is not shown.
      let end = text.length;
      while (count < WHOLE && end > 0 && text[end - 1] === '\uFFFD') end--;
      const shown = text.slice(0, end);
      program.say({ kind: 'text', text: shown, tokens: count });
    },
  };

  let loaded: Promise<Loaded> | undefined;
  host.on('message', (order) => {
    if (order.kind === 'stop') {
      program.stopped = true;
    } else if (order.kind === 'load') {
      loaded = program.load(order);
      loaded.catch(program.fail);
    } else {
      program.stopped = false;
      if (loaded !== undefined) loaded.then((parts) => program.carryOut(parts, order)).catch(program.fail);
    }
  });
  // A native runtime that is torn down in mid-computation aborts noisily: go at once instead.
  host.on('disconnect', () => host.kill(host.pid, 'SIGKILL'));
  // Ctrl-C reaches us as well, but whether the answer is stopped is for our parent to say.
  host.on('SIGINT', () => {});
};
