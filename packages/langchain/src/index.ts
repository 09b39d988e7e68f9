// A chat model for LangChain over every provider of g4f.
export { ChatG4F, type ChatG4FCallOptions, type ChatG4FFields, type ChatG4FParams } from './chat-g4f.ts';
