// A G4FError as the AI SDK has it.
// Source: https://github.com/vercel/ai/tree/main/packages/provider/src/errors
import { APICallError } from '@ai-sdk/provider';
import { type G4FError, isG4FError } from '@g4f/core';

/**
 * The error for what a call threw: `APICallError`, an `AbortError` where the caller aborted it; what is no G4FError as it is. The G4FError is the `cause`. It says that it is not to be retried: the client has done
 * that already, and asked others.
 */
export const toAISDKError = (thrown: unknown, signal?: AbortSignal): unknown => {
  if (!isG4FError(thrown)) return thrown;
  if (thrown.code === 'aborted') return abortError(signal);
  return callError(thrown);
};

/** What the promise gives; its failure as an error of the AI SDK. */
export const withAISDKErrors = async <T>(promise: PromiseLike<T>, signal?: AbortSignal): Promise<T> => {
  try {
    return await promise;
  } catch (error) {
    throw toAISDKError(error, signal);
  }
};

/** By the name of the error the AI SDK knows an abort. */
function abortError(signal: AbortSignal | undefined): unknown {
  const reason: unknown = signal?.reason;
  const isNamed = reason instanceof Error && /^(Abort|Timeout)Error$/.test(reason.name);
  return isNamed ? reason : new DOMException('The caller has aborted the call.', 'AbortError');
}

function callError(cause: G4FError): APICallError {
  const { message, status, headers, provider = 'no provider' } = cause;
  return new APICallError({
    message,
    // Addresses and prompts are not told: who was asked is.
    url: `g4f:${provider}`,
    requestBodyValues: {},
    ...(status !== undefined && { statusCode: status }),
    ...(headers !== undefined && { responseHeaders: { ...headers } }),
    isRetryable: false,
    data: cause.toJSON(),
    cause,
  });
}
