// What a refusal means: by its words first, by its status where they tell nothing.
import type { ErrorCode } from '@g4f/core';
import { describe, expect, it } from 'vitest';
import { classifyRefusal } from '../../../src/http/failures/classify-refusal.ts';
import { ROWS } from '../../../src/http/failures/refusal-table.ts';
import { readServiceError } from '../../../src/http/failures/service-error.ts';

const codeOf = (status: number | undefined, body: unknown): ErrorCode =>
  classifyRefusal(status, readServiceError(body)).code;

describe('the code of a failure', () => {
  it.each<[number, ErrorCode]>([
    [301, 'bad-response'],
    [400, 'invalid-request'],
    [401, 'auth'],
    [402, 'payment-required'],
    [403, 'auth'],
    [404, 'model-not-found'],
    [405, 'invalid-request'],
    [407, 'auth'],
    [408, 'timeout'],
    [409, 'server'],
    [410, 'model-not-found'],
    [413, 'context-length'],
    [422, 'invalid-request'],
    [424, 'server'],
    [425, 'server'],
    [499, 'server'],
    [451, 'auth'],
    [429, 'rate-limit'],
    [498, 'rate-limit'],
    [500, 'server'],
    [502, 'server'],
    [503, 'server'],
    [504, 'server'],
    [529, 'server'],
  ])('of status %i alone is %s', (status, code) => {
    expect(classifyRefusal(status, undefined).code).toBe(code);
  });

  it('of status 405 is about the address, and not about the request', () => {
    expect(classifyRefusal(405, undefined).scope).toBe('provider');
  });

  it('of status 451 is about the place, and no key would help', () => {
    expect(classifyRefusal(451, undefined)).toMatchObject({
      scope: 'provider',
      next: expect.stringContaining('place'),
    });
  });

  it.each<[number, string, ErrorCode]>([
    [400, "This model's maximum context length is 8192 tokens", 'context-length'],
    [400, 'the request exceeds the available context size, try increasing it', 'context-length'],
    [400, 'prompt is too long: 210000 tokens > 200000 maximum', 'context-length'],
    [400, 'The input token count (9) exceeds the maximum number of tokens allowed (8)', 'context-length'],
    [413, 'Input is too long for requested model', 'context-length'],
    [400, 'The response was filtered due to Azure content management policy', 'content-filter'],
    [403, 'Your request was rejected as a result of our safety system', 'content-filter'],
    [400, 'Your credit balance is too low to access the API', 'payment-required'],
    [429, 'insufficient_quota', 'payment-required'],
    [400, 'Incorrect API key provided: abc', 'auth'],
    [400, 'API key not valid. Please pass a valid API key.', 'auth'],
    [400, 'The model `gpt-9` does not exist', 'model-not-found'],
    [422, 'model_not_found', 'model-not-found'],
    [401, 'billing_not_active', 'payment-required'],
    [500, 'the model is not available', 'server'],
  ])('of status %i with %j is %s', (status, message, code) => {
    expect(codeOf(status, { error: { message } })).toBe(code);
  });

  it('goes by what a service’s code says before its words', () => {
    const message =
      'Function set_api_key failed: invalid api key, insufficient balance, flagged by moderation';
    expect(codeOf(400, { error: { message, code: 'tool_use_failed' } })).toBe('server');
    expect(codeOf(400, { error: { message, code: '1261' } })).toBe('context-length');
    expect(codeOf(400, { code: 'Arrearage', message: 'The model is not available in your region' })).toBe(
      'payment-required',
    );
  });

  it('does not take the advertisement in a rate limit for a bill', () => {
    const message =
      'Rate limit reached for model `x`: Limit 6000, Used 5900. Please try again in 2s. Need more tokens? Upgrade at https://console.example.com/settings/billing or add a payment method';
    expect(codeOf(429, { error: { message, type: 'tokens', code: 'rate_limit_exceeded' } })).toBe(
      'rate-limit',
    );
  });

  it.each<[unknown, ErrorCode]>([
    [{ error: { message: 'x', type: 'rate_limit_error' } }, 'rate-limit'],
    [{ error: { message: 'x', code: 'rate_limit_exceeded' } }, 'rate-limit'],
    [{ error: { message: 'x', code: 429 } }, 'rate-limit'],
    [{ error: { message: 'Too Many Requests' } }, 'rate-limit'],
    [{ error: { message: 'x', status: 'RESOURCE_EXHAUSTED' } }, 'rate-limit'],
    [{ error: { type: 'overloaded_error', message: 'Overloaded' } }, 'server'],
    [{ error: { message: 'x', code: 502 } }, 'server'],
    [{ error: { message: 'x', code: 'server_error' } }, 'server'],
    [{ error: { type: 'authentication_error', message: 'x' } }, 'auth'],
    [{ error: { type: 'invalid_request_error', message: 'an internal thing' } }, 'invalid-request'],
    [{ error: { message: 'x', code: 'context_length_exceeded' } }, 'context-length'],
    [{ error: { message: 'x', code: 'content_filter' } }, 'content-filter'],
    [{ error: { type: 'not_found_error', message: 'x' } }, 'model-not-found'],
    [{ error: { message: 'Request timed out' } }, 'timeout'],
    [{ error: 'something odd' }, 'server'],
  ])('inside a stream, %j', (body, code) => {
    expect(codeOf(readServiceError(body)?.status, body)).toBe(code);
  });
});

describe('a message of any length', () => {
  // What makes a pattern that backtracks slow: much of what it repeats, and never what it ends with.
  it.each([
    'model ',
    'a ',
    'max_tokens or ',
    'the model x is ',
    'request too large for ',
    'account ',
    '模型',
    'x',
  ])('of %j over and over is read at once, by each row', (piece) => {
    // Fifty times what is ever looked at: a pattern that backtracks does not come to its end within the test's time.
    const message = piece.repeat(Math.ceil(200_000 / piece.length));
    expect(ROWS.filter(({ words }) => words?.test(message)).length).toBeLessThanOrEqual(1);
  });

  it('is looked at no further than 4,096 characters', () => {
    const error = { message: `${'x '.repeat(2500)} context_length_exceeded` };
    expect(codeOf(400, { error })).toBe('invalid-request');
  });

  it('and no more are its labels', () => {
    const long = 'a '.repeat(2500);
    const codeOfLabels = (code: string): ErrorCode => codeOf(undefined, { error: { message: 'x', code } });
    expect(codeOfLabels(`request_too_large ${long}`)).toBe('context-length');
    expect(codeOfLabels(`${long} request_too_large`)).toBe('server');
  });
});
