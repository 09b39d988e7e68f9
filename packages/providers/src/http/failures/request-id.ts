// The id under which a service knows a request: what its support asks for.

/** In this order; `cf-ray` is none of them, because it names what passed a network in between, and no service looks it up. */
const REQUEST_ID_HEADERS = [
  // OpenAI (https://platform.openai.com/docs/api-reference/debugging-requests), and most that follow it.
  'x-request-id',
  // Anthropic: https://docs.anthropic.com/en/api/errors
  'request-id',
  // Azure: https://learn.microsoft.com/azure/api-management
  'apim-request-id',
  'x-ms-request-id',
  // Amazon Bedrock: https://docs.aws.amazon.com/bedrock/latest/APIReference/CommonErrors.html
  'x-amzn-requestid',
  'x-amz-request-id',
  // NVIDIA: https://docs.api.nvidia.com/nim/reference
  'nvcf-reqid',
  // Mistral
  'mistral-correlation-id',
] as const;

/** An id is short; what is longer is not handed on whole. */
const LONGEST = 200;

/** The service's id of a request, from the headers of its answer; their names in lower case. */
export const requestIdOf = (headers: Readonly<Record<string, string>>): string | undefined => {
  for (const name of REQUEST_ID_HEADERS)
    if (headers[name] !== undefined) return headers[name].slice(0, LONGEST);
  return undefined;
};
