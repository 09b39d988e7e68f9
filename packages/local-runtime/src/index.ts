// What the embedded models need of node-llama-cpp; the build bundles it, and leaves the rest of that package out.
/** The engine, which chats and embeds, chat templates, and what keeps an answer within a grammar. Source: https://node-llama-cpp.withcat.ai/api/ */
export {
  getLlama,
  JinjaTemplateChatWrapper,
  LlamaGrammarEvaluationState,
  resolveChatWrapper,
} from 'node-llama-cpp';
