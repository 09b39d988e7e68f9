// The door of @g4f/ai-sdk.
export { createG4F, type G4FProvider, g4f } from './create-g4f.ts';
export type { G4FLanguageModel } from './language/language-model.ts';
export type { G4FEmbeddingModel } from './media/embedding-model.ts';
export type { G4FImageModel } from './media/image-model.ts';
export type { G4FSpeechModel } from './media/speech-model.ts';
export type { G4FTranscriptionModel } from './media/transcription-model.ts';
