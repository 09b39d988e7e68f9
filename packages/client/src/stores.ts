// The door of @g4f/client/stores: where conversations are kept. Nothing of it is loaded by a client.

export type {
  ConversationEntry,
  ConversationRecord,
  ConversationStore,
  LocalStore,
  StoredConversation,
} from './conversations/stored-conversation.ts';
export { fileStore } from './stores/file-store.ts';
export { memoryStore } from './stores/memory-store.ts';
export { sqliteStore } from './stores/sqlite-store.ts';
