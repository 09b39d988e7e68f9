// OpenAI's models in one's own Azure resource.
// Sources: https://github.com/openai/openai-node/blob/v6.30.1/src/azure.ts
// and https://learn.microsoft.com/azure/ai-foundry/openai/api-version-lifecycle
import { OpenAIError } from './errors/errors.ts';
import { OpenAI } from './openai.ts';
import type { ClientOptions } from './options/client-options.ts';
import { madeBy } from './options/made-by.ts';

/** What a client for Azure is made with. */
export interface AzureClientOptions extends Omit<ClientOptions, 'provider'> {
  /** The resource: `https://<name>.openai.azure.com`; without it, and without `baseURL`, AZURE_OPENAI_ENDPOINT. */
  readonly endpoint?: string | undefined;
  /** Taken for the sake of programs that have it: Azure's v1 API, which is asked, has no versions. */
  readonly apiVersion?: string | undefined;
  /** The deployment that is asked, whatever model a call names; without it a model is the name of a deployment. */
  readonly deployment?: string | undefined;
  /** Makes a token of Microsoft Entra; called before each call. Without it the key: `apiKey`, or AZURE_OPENAI_API_KEY. */
  readonly azureADTokenProvider?: (() => Promise<string>) | undefined;
}

/** As `OpenAI`, for deployments in Azure. */
export class AzureOpenAI extends OpenAI {
  readonly apiVersion: string | undefined;
  readonly deploymentName: string | undefined;
  readonly #given: AzureClientOptions;

  /** @throws OpenAIError for options that exclude each other */
  constructor(given: AzureClientOptions = {}) {
    const { endpoint, apiVersion, deployment, azureADTokenProvider, ...options } = given;
    if (endpoint !== undefined && options.baseURL != null)
      throw new OpenAIError('`baseURL` and `endpoint` exclude each other: give one of them.');
    if (azureADTokenProvider !== undefined && options.apiKey !== undefined)
      throw new OpenAIError('`apiKey` and `azureADTokenProvider` exclude each other: give one of them.');
    const address = endpoint === undefined ? options.baseURL : `${withoutSlash(endpoint)}/openai/v1`;
    const all = { ...options, baseURL: address, provider: 'azure-openai' };
    super(
      all,
      azureADTokenProvider === undefined
        ? { deployment }
        : {
            deployment,
            credentials: async () => ({
              headers: {
                authorization: `Bearer ${await madeBy(azureADTokenProvider, 'azureADTokenProvider')}`,
              },
            }),
          },
    );
    this.#given = given;
    this.apiVersion = apiVersion;
    this.deploymentName = deployment;
  }

  /**
   * Another client for Azure with some options changed; an address or a key takes the place of the one before.
   * @throws OpenAIError for options that exclude each other
   */
  override withOptions(options: AzureClientOptions): AzureOpenAI {
    return alike({
      ...this.#given,
      ...(options.endpoint !== undefined && { baseURL: undefined }),
      ...(options.baseURL != null && { endpoint: undefined }),
      ...(options.azureADTokenProvider !== undefined && { apiKey: undefined }),
      ...(options.apiKey !== undefined && { azureADTokenProvider: undefined }),
      ...options,
    });
  }
}

// Not inside the class: there it would name itself, be renamed by the bundler, and print as `_AzureOpenAI`.
const alike = (options: AzureClientOptions): AzureOpenAI => new AzureOpenAI(options);

const withoutSlash = (address: string): string => (address.endsWith('/') ? address.slice(0, -1) : address);
