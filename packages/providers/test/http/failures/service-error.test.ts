// What services say when they fail is read in every shape in use, and its fields are found.
import { describe, expect, it } from 'vitest';
import { readServiceError } from '../../../src/http/failures/service-error.ts';

it('keeps what the service named, in its own words, and nothing that is long or looks like a key', () => {
  const error = {
    message: 'No',
    type: 'Invalid_Request',
    param: 'messages',
    code: 'sk-proj-abcdefghijklmnopqrstuv',
  };
  const { type, param, code } = readServiceError({ error })?.named ?? {};
  expect([type, param]).toEqual(['Invalid_Request', 'messages']);
  expect(code).not.toContain('abcdefghij');
  expect(readServiceError({ error: { message: 'No', code: 429, type: 'x'.repeat(101) } })?.named).toEqual({
    code: '429',
  });
});

describe('the shapes of a failure', () => {
  it.each<[string, unknown, string, number?]>([
    ['OpenAI', { error: { message: 'No', type: 'invalid_request_error', param: null, code: null } }, 'No'],
    [
      'Anthropic',
      { type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } },
      'Overloaded',
    ],
    [
      'OpenRouter',
      {
        error: {
          message: 'Provider returned error',
          code: 429,
          metadata: { raw: 'slow down', provider_name: 'X' },
        },
      },
      'Provider returned error: slow down',
      429,
    ],
    ['Google', [{ error: { code: 400, message: 'Bad', status: 'INVALID_ARGUMENT' } }], 'Bad', 400],
    ['FastAPI, a text', { detail: 'Not Found' }, 'Not Found'],
    [
      'FastAPI, a list',
      {
        detail: [{ loc: ['body', 'a'], msg: 'field required', type: 'x' }, { msg: 'too long' }],
      },
      'a: field required; too long',
    ],
    ['a plain string', { error: 'model is loading' }, 'model is loading'],
    ['a list of strings', { error: ['one', 'two'] }, 'one; two'],
    ['a string beside a message', { error: 'Unauthorized', message: 'Bad key' }, 'Bad key'],
    ['vLLM', { object: 'error', message: 'too long', type: 'BadRequestError', code: 400 }, 'too long', 400],
    ['Mistral', { message: 'Unauthorized', request_id: 'r' }, 'Unauthorized'],
    ['Cloudflare', { success: false, errors: [{ code: 5007, message: 'No such model' }] }, 'No such model'],
  ])('%s', (_name, body, message, status) => {
    const said = readServiceError(body);
    expect(said?.message).toBe(message);
    expect(said?.status).toBe(status);
  });

  it.each<[string, unknown, string]>([
    [
      'Google’s ErrorInfo',
      {
        error: {
          code: 400,
          message: 'API key expired.',
          status: 'INVALID_ARGUMENT',
          details: [{ '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason: 'API_KEY_INVALID' }],
        },
      },
      '400 invalid_argument api_key_invalid',
    ],
    [
      'OpenRouter’s moderation',
      { error: { message: 'No', code: 403, metadata: { reasons: ['x'], flagged_input: 'y' } } },
      '403 flagged_input',
    ],
    [
      'Azure’s filter',
      {
        error: {
          message: 'No',
          code: 'content_filter',
          innererror: { code: 'ResponsibleAIPolicyViolation' },
        },
      },
      'content_filter responsibleaipolicyviolation',
    ],
    [
      'MiniMax',
      { choices: null, base_resp: { status_code: 1008, status_msg: 'insufficient balance' } },
      'minimax-1008',
    ],
    ['AWS', { __type: 'ThrottlingException', message: 'Wait' }, 'throttlingexception'],
  ])('labels of %s', (_name, body, labels) => {
    expect(readServiceError(body)?.labels).toBe(labels);
  });

  it('finds how long to wait in Google’s RetryInfo', () => {
    const details = [
      { '@type': 'x' },
      { '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: '34s' },
    ];
    expect(readServiceError({ error: { message: 'Slow', details } })?.retryDelay).toBe('34s');
    expect(readServiceError({ error: { message: 'Slow', details: 'text' } })).not.toHaveProperty(
      'retryDelay',
    );
  });

  it.each([
    [5, '5s'],
    [0.5, '0.5s'],
    ['30s', '30s'],
    [-5, undefined],
    [1_764_501_000, undefined],
    ['2026-11-30T11:40:00Z', undefined],
  ])('takes retry_after: %j for seconds, where that is what it is', (retry_after, retryDelay) => {
    expect(readServiceError({ error: { message: 'Slow', retry_after } })?.retryDelay).toBe(retryDelay);
  });

  it.each([
    [null],
    ['text'],
    [42],
    [[]],
    [{}],
    [{ choices: [], message: 'hi' }],
    [{ error: null }],
    [{ error: '' }],
    [{ errors: [] }],
    [{ message: { role: 'assistant' } }],
    [{ choices: [], base_resp: { status_code: 0, status_msg: 'success' } }],
    [{ base_resp: null }],
  ])('%j is no failure', (body) => {
    expect(readServiceError(body)).toBeUndefined();
  });
});
