// The body of a request for OpenAI's older completions, as its service takes it.
import { G4FError, type TextCompletionRequest } from '@g4f/core';
import type { EndpointContext } from '../endpoint.ts';
import type { RequestBody } from '../request-body.ts';
import type { TextQuirks } from './text-quirks.ts';

/** OpenAI's. Source: https://platform.openai.com/docs/api-reference/completions/create */
const OPENAIS: ReadonlySet<string> = new Set([
  ...[
    'best_of',
    'echo',
    'frequency_penalty',
    'logit_bias',
    'logprobs',
    'max_tokens',
    'n',
    'presence_penalty',
  ],
  ...['seed', 'stop', 'stream_options', 'suffix', 'temperature', 'top_p', 'user'],
]);

/** A body, and how many texts it asks for. */
export interface TextRequest {
  readonly body: RequestBody;
  readonly texts: number;
}

/** @throws G4FError `invalid-request` for prompts that this service does not take */
export function toTextRequest(
  { model, prompt, stream, ...parameters }: TextCompletionRequest,
  { takes, names = {}, onePrompt }: TextQuirks,
  { provider, warn }: Pick<EndpointContext, 'provider' | 'warn'>,
): TextRequest {
  const [first] = prompt;
  if (onePrompt && (prompt.length > 1 || typeof first !== 'string'))
    throw new G4FError(
      `${provider}: it completes one text at a time, and takes no tokens. Give prompt as a text, or choose another provider.`,
      { code: 'invalid-request', scope: 'provider', provider },
    );
  const isRefused = (name: string): boolean =>
    takes !== undefined && OPENAIS.has(name) && !takes.includes(name);
  const given = stream && !isRefused('stream_options') ? withCounts(parameters) : parameters;
  const refused = Object.keys(parameters).filter(isRefused);
  if (refused.length > 0) warn(`${provider} does not take ${refused.join(', ')}: not sent.`);
  const taken = Object.entries(given).filter(([name]) => !isRefused(name));
  const answers = isRefused('n') ? 1 : (parameters.n ?? 1);
  return {
    body: {
      model,
      prompt: prompt.length === 1 ? first : prompt,
      ...(stream && { stream }),
      ...Object.fromEntries(taken.map(([name, value]) => [names[name] ?? name, value])),
    },
    texts: answers * prompt.length,
  };
}

/** Token counts are told at the end of a stream only where they are asked for. */
const withCounts = (parameters: Pick<TextCompletionRequest, 'stream_options'>): object => ({
  ...parameters,
  stream_options: { include_usage: true, ...parameters.stream_options },
});
