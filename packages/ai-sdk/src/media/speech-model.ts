// The speech model. Source: https://github.com/vercel/ai/tree/main/packages/provider/src/speech-model/v3
import type { SpeechModelV3, SpeechModelV3CallOptions } from '@ai-sdk/provider';
import type { AsyncClient, AsyncSpeech, SpeechParams } from '@g4f/client';
import { withAISDKErrors } from '../call/ai-sdk-error.ts';
import {
  callOptionsOf,
  headerWarnings,
  known,
  NAME,
  ownParams,
  unsupported,
  warningsOf,
} from '../call/call-options.ts';

/** One model. */
export class G4FSpeechModel implements SpeechModelV3 {
  readonly specificationVersion = 'v3';
  readonly provider = NAME;
  readonly modelId: string;
  readonly #client: AsyncClient;

  constructor(modelId: string, client: AsyncClient) {
    this.modelId = modelId;
    this.#client = client;
  }

  /** The text as sound. @throws APICallError; `AbortError` for an abort by the caller */
  async doGenerate(
    options: SpeechModelV3CallOptions,
  ): Promise<Awaited<ReturnType<SpeechModelV3['doGenerate']>>> {
    const { text, voice, outputFormat, instructions, speed, language, abortSignal } = options;
    const given = { voice, response_format: outputFormat, instructions, speed };
    const params: SpeechParams = {
      ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)),
      ...ownParams(options),
      model: this.modelId,
      input: text,
    };
    const sound = async (): Promise<readonly [AsyncSpeech, Uint8Array]> => {
      const speech = await this.#client.audio.speech.create(params, callOptionsOf(options, this.#client));
      return [speech, await speech.bytes()];
    };
    const [speech, audio] = await withAISDKErrors(sound(), abortSignal);
    const { provider, warnings, headers } = speech;
    return {
      audio,
      warnings: [
        ...(language === undefined
          ? []
          : [unsupported('language', 'a voice reads the language of the text')]),
        ...headerWarnings(options, this.#client),
        ...warningsOf(warnings),
      ],
      response: { timestamp: new Date(), modelId: this.modelId, headers: { ...headers } },
      providerMetadata: { [NAME]: known({ provider }) },
    };
  }
}
