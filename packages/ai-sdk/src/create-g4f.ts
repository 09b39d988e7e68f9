// The provider for the AI SDK. Source: https://github.com/vercel/ai/tree/main/packages/provider/src/provider/v3
import type { ProviderV3 } from '@ai-sdk/provider';
import { AsyncClient, type ClientOptions, type ModelName } from '@g4f/client';
import { asAsked } from './call/call-options.ts';
import { G4FLanguageModel } from './language/language-model.ts';
import { G4FEmbeddingModel } from './media/embedding-model.ts';
import { G4FImageModel } from './media/image-model.ts';
import { G4FSpeechModel } from './media/speech-model.ts';
import { G4FTranscriptionModel } from './media/transcription-model.ts';

/** Models by their names, as `AsyncClient` takes them: a family, a provider's own id, `provider:id`. */
export interface G4FProvider extends ProviderV3 {
  /** The same as `languageModel`. */
  (modelId: ModelName): G4FLanguageModel;
  languageModel(modelId: ModelName): G4FLanguageModel;
  embeddingModel(modelId: ModelName): G4FEmbeddingModel;
  textEmbeddingModel(modelId: ModelName): G4FEmbeddingModel;
  imageModel(modelId: ModelName): G4FImageModel;
  speechModel(modelId: ModelName): G4FSpeechModel;
  transcriptionModel(modelId: ModelName): G4FTranscriptionModel;
  /** The client that carries out the calls: its `usage()`, `health()`, `close()`. */
  readonly client: AsyncClient;
}

/**
 * A provider over a client: one that is given, or a new one with these options (`provider`, `fallback`, `apiKey`, …).
 * @throws G4FError `invalid-request` for an option that is not what it must be
 */
export const createG4F = (options: ClientOptions | { readonly client: AsyncClient } = {}): G4FProvider => {
  const client = 'client' in options ? options.client : asAsked(new AsyncClient(options), options);
  const languageModel = (modelId: string) => new G4FLanguageModel(modelId, client);
  const embeddingModel = (modelId: string) => new G4FEmbeddingModel(modelId, client);
  return Object.assign((modelId: string) => languageModel(modelId), {
    specificationVersion: 'v3' as const,
    languageModel,
    embeddingModel,
    textEmbeddingModel: embeddingModel,
    imageModel: (modelId: string) => new G4FImageModel(modelId, client),
    speechModel: (modelId: string) => new G4FSpeechModel(modelId, client),
    transcriptionModel: (modelId: string) => new G4FTranscriptionModel(modelId, client),
    client,
  });
};

/** The provider with all that is set in the environment: whoever offers the model and has a key answers. */
export const g4f: G4FProvider = createG4F();
